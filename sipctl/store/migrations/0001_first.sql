-- The first schema. Tables and indexes as sipctl/model defines them (a test compares);
-- the triggers at the end stand only here.

CREATE TABLE draft (
    case_id INTEGER NOT NULL,
    step VARCHAR NOT NULL,
    form_version INTEGER NOT NULL,
    pack VARCHAR NOT NULL,
    answers JSON NOT NULL,
    base_revision INTEGER NOT NULL,
    saved_at DATETIME NOT NULL,
    PRIMARY KEY (case_id, step)
);

CREATE TABLE meta (
    "key" VARCHAR NOT NULL,
    value VARCHAR NOT NULL,
    PRIMARY KEY ("key")
);

CREATE TABLE person (
    id INTEGER NOT NULL,
    name VARCHAR NOT NULL,
    id_kind VARCHAR(32) NOT NULL,
    id_number VARCHAR,
    birth_date DATE,
    protection VARCHAR(32) NOT NULL,
    kommun VARCHAR NOT NULL,
    language VARCHAR NOT NULL,
    adaptations TEXT NOT NULL,
    legal_sex VARCHAR(32),
    address VARCHAR NOT NULL,
    phone VARCHAR NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT idkind CHECK (id_kind IN ('personal', 'coordination', 'reserve', 'unknown')),
    CONSTRAINT protection CHECK (protection IN ('none', 'marked', 'registered')),
    CONSTRAINT legalsex CHECK (legal_sex IN ('woman', 'man'))
);

CREATE UNIQUE INDEX ix_person_id_number ON person (id_number) WHERE id_number IS NOT NULL;

CREATE TABLE template (
    sha VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    content BLOB NOT NULL,
    PRIMARY KEY (sha)
);

CREATE TABLE trail (
    seq INTEGER NOT NULL,
    at VARCHAR NOT NULL,
    actor VARCHAR NOT NULL,
    action VARCHAR NOT NULL,
    cases VARCHAR NOT NULL,
    purpose VARCHAR NOT NULL,
    mac VARCHAR NOT NULL,
    PRIMARY KEY (seq)
);

CREATE TABLE unit (
    id INTEGER NOT NULL,
    name VARCHAR NOT NULL,
    huvudman VARCHAR(32) NOT NULL,
    body VARCHAR NOT NULL,
    type VARCHAR(32) NOT NULL,
    entrance BOOLEAN NOT NULL,
    send_by VARCHAR(32) NOT NULL,
    hsa_id VARCHAR NOT NULL,
    phone VARCHAR NOT NULL,
    address VARCHAR NOT NULL,
    active BOOLEAN NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT huvudman CHECK (huvudman IN ('kommun', 'region', 'other')),
    CONSTRAINT unittype CHECK (type IN ('social', 'municipal_health', 'primary_care', 'psychiatry', 'child_psychiatry', 'hospital', 'habilitation', 'addiction', 'school', 'agency', 'provider', 'other')),
    CONSTRAINT sendby CHECK (send_by IN ('secure_mail', 'sdk', 'internal', 'letter', 'handed'))
);

CREATE TABLE "case" (
    id INTEGER NOT NULL,
    ref VARCHAR NOT NULL,
    person_id INTEGER NOT NULL,
    our_role VARCHAR(32) NOT NULL,
    sip_number VARCHAR NOT NULL,
    route VARCHAR(32) NOT NULL,
    target_group VARCHAR(32),
    convener_unit VARCHAR NOT NULL,
    coordinator VARCHAR NOT NULL,
    kommun VARCHAR NOT NULL,
    pack VARCHAR NOT NULL,
    pack_version VARCHAR NOT NULL,
    demo BOOLEAN NOT NULL,
    opened_on DATE NOT NULL,
    step VARCHAR NOT NULL,
    revision INTEGER NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (ref),
    FOREIGN KEY(person_id) REFERENCES person (id),
    CONSTRAINT ourrole CHECK (our_role IN ('convening', 'called')),
    CONSTRAINT route CHECK (route IN ('opencare', 'discharge')),
    CONSTRAINT targetgroup CHECK (target_group IN ('elderly', 'mental_illness', 'addiction', 'disability_adult', 'disability_child', 'children', 'somatic', 'other'))
);

CREATE INDEX ix_case_person_id ON "case" (person_id);

CREATE INDEX ix_case_sip_number ON "case" (sip_number);

CREATE TABLE assessment (
    id INTEGER NOT NULL,
    case_id INTEGER NOT NULL,
    on_date DATE NOT NULL,
    noticed_by VARCHAR NOT NULL,
    asked_by VARCHAR(32) NOT NULL,
    needs_kommun BOOLEAN,
    needs_region BOOLEAN,
    criteria JSON NOT NULL,
    decision BOOLEAN,
    reason TEXT NOT NULL,
    offer VARCHAR(32) NOT NULL,
    offered_on DATE,
    decline_reason TEXT NOT NULL,
    existing_plans TEXT NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(case_id) REFERENCES "case" (id),
    CONSTRAINT askedby CHECK (asked_by IN ('own_unit', 'individual', 'relative', 'other_unit')),
    CONSTRAINT offer CHECK (offer IN ('accepted', 'declined', 'thinking', 'not_yet'))
);

CREATE INDEX ix_assessment_case_id ON assessment (case_id);

CREATE TABLE call_received (
    id INTEGER NOT NULL,
    case_id INTEGER NOT NULL,
    received_on DATE NOT NULL,
    sender_unit VARCHAR NOT NULL,
    sender_contact VARCHAR NOT NULL,
    reply_by DATE,
    answer VARCHAR(32) NOT NULL,
    answered_on DATE,
    substitute VARCHAR NOT NULL,
    passed_to VARCHAR NOT NULL,
    note TEXT NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(case_id) REFERENCES "case" (id),
    CONSTRAINT answer CHECK (answer IN ('none', 'yes', 'substitute', 'passed_on', 'no'))
);

CREATE INDEX ix_call_received_case_id ON call_received (case_id);

CREATE TABLE consent (
    id INTEGER NOT NULL,
    case_id INTEGER NOT NULL,
    kind VARCHAR(32) NOT NULL,
    given BOOLEAN NOT NULL,
    giver VARCHAR(32) NOT NULL,
    form VARCHAR(32) NOT NULL,
    given_on DATE NOT NULL,
    taken_by VARCHAR NOT NULL,
    adapted BOOLEAN,
    told_withdrawal BOOLEAN,
    valid_to DATE,
    limits TEXT NOT NULL,
    child_view TEXT NOT NULL,
    cannot_judged_by VARCHAR NOT NULL,
    cannot_how TEXT NOT NULL,
    cannot_known_will TEXT NOT NULL,
    cannot_ground VARCHAR NOT NULL,
    withdrawn_on DATE,
    withdrawn_by VARCHAR NOT NULL,
    withdrawn_from TEXT NOT NULL,
    already_given TEXT NOT NULL,
    supersedes INTEGER,
    PRIMARY KEY (id),
    FOREIGN KEY(case_id) REFERENCES "case" (id),
    CONSTRAINT consentkind CHECK (kind IN ('sip', 'information')),
    CONSTRAINT consentgiver CHECK (giver IN ('individual', 'guardians', 'individual_guardians', 'representative', 'cannot')),
    CONSTRAINT consentform CHECK (form IN ('written', 'spoken', 'other')),
    FOREIGN KEY(supersedes) REFERENCES consent (id)
);

CREATE INDEX ix_consent_case_id ON consent (case_id);

CREATE TABLE discharge (
    id INTEGER NOT NULL,
    case_id INTEGER NOT NULL,
    admitted_on DATE,
    ward VARCHAR NOT NULL,
    expected_on DATE,
    ready_at DATETIME,
    ready_withdrawn_at DATETIME,
    home_on DATE,
    discharged_on DATE,
    fast_contact VARCHAR NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(case_id) REFERENCES "case" (id)
);

CREATE INDEX ix_discharge_case_id ON discharge (case_id);

CREATE TABLE extra (
    id INTEGER NOT NULL,
    case_id INTEGER NOT NULL,
    step VARCHAR(32) NOT NULL,
    "key" VARCHAR NOT NULL,
    label_as_asked VARCHAR NOT NULL,
    value TEXT NOT NULL,
    pack VARCHAR NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(case_id) REFERENCES "case" (id),
    CONSTRAINT step CHECK (step IN ('assess', 'plan', 'invite', 'meeting', 'followup', 'close'))
);

CREATE INDEX ix_extra_case_id ON extra (case_id);

CREATE TABLE fact (
    id INTEGER NOT NULL,
    case_id INTEGER NOT NULL,
    kind VARCHAR(32) NOT NULL,
    on_date DATE NOT NULL,
    source VARCHAR NOT NULL,
    note VARCHAR NOT NULL,
    kommun VARCHAR NOT NULL,
    unit VARCHAR NOT NULL,
    huvudman VARCHAR NOT NULL,
    route VARCHAR NOT NULL,
    age_band VARCHAR NOT NULL,
    sex VARCHAR NOT NULL,
    target_group VARCHAR NOT NULL,
    voided_by INTEGER,
    PRIMARY KEY (id),
    FOREIGN KEY(case_id) REFERENCES "case" (id),
    CONSTRAINT factkind CHECK (kind IN ('opened', 'need_yes', 'need_no', 'offered', 'declined', 'refused', 'created', 'called', 'meeting_held', 'established', 'revised', 'followed_up', 'followup_agreed', 'absent', 'ready', 'called_in_time', 'resting', 'aborted', 'closed', 'reopened', 'participated', 'due_assess', 'due_plan', 'due_invite', 'due_discharge_call', 'due_reply', 'due_meeting', 'due_establish', 'due_followup', 'due_close', 'due_age', 'due_consent_end', 'due_own_reply')),
    FOREIGN KEY(voided_by) REFERENCES fact (id)
);

CREATE INDEX ix_fact_case_id ON fact (case_id);

CREATE INDEX ix_fact_live ON fact (kind, on_date) WHERE voided_by IS NULL;

CREATE UNIQUE INDEX ix_fact_once ON fact (case_id, kind, source) WHERE voided_by IS NULL;

CREATE TABLE filed (
    id INTEGER NOT NULL,
    case_id INTEGER NOT NULL,
    what VARCHAR NOT NULL,
    system VARCHAR NOT NULL,
    reference VARCHAR NOT NULL,
    on_date DATE NOT NULL,
    "by" VARCHAR NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(case_id) REFERENCES "case" (id)
);

CREATE INDEX ix_filed_case_id ON filed (case_id);

CREATE TABLE meeting (
    id INTEGER NOT NULL,
    case_id INTEGER NOT NULL,
    kind VARCHAR(32) NOT NULL,
    form VARCHAR(32) NOT NULL,
    starts_at DATETIME NOT NULL,
    minutes INTEGER NOT NULL,
    place VARCHAR NOT NULL,
    contact VARCHAR NOT NULL,
    reply_by DATE,
    state VARCHAR(32) NOT NULL,
    sequence INTEGER NOT NULL,
    chair VARCHAR NOT NULL,
    note_taker VARCHAR NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(case_id) REFERENCES "case" (id),
    CONSTRAINT meetingkind CHECK (kind IN ('sip', 'followup', 'reconcile', 'pre')),
    CONSTRAINT meetingform CHECK (form IN ('room', 'video', 'phone')),
    CONSTRAINT meetingstate CHECK (state IN ('planned', 'held', 'cancelled'))
);

CREATE INDEX ix_meeting_case_id ON meeting (case_id);

CREATE TABLE participant (
    id INTEGER NOT NULL,
    case_id INTEGER NOT NULL,
    "key" VARCHAR NOT NULL,
    position INTEGER NOT NULL,
    kind VARCHAR(32) NOT NULL,
    unit_id INTEGER,
    name VARCHAR NOT NULL,
    role VARCHAR NOT NULL,
    unit_name VARCHAR NOT NULL,
    huvudman VARCHAR(32),
    phone VARCHAR NOT NULL,
    address VARCHAR NOT NULL,
    send_by VARCHAR(32) NOT NULL,
    protection VARCHAR(32) NOT NULL,
    representative VARCHAR(32),
    document_scope VARCHAR NOT NULL,
    valid_to DATE,
    brings VARCHAR NOT NULL,
    left_on DATE,
    PRIMARY KEY (id),
    FOREIGN KEY(case_id) REFERENCES "case" (id),
    CONSTRAINT participantkind CHECK (kind IN ('person', 'relative', 'guardian', 'unit', 'representative', 'other')),
    FOREIGN KEY(unit_id) REFERENCES unit (id),
    CONSTRAINT huvudman CHECK (huvudman IN ('kommun', 'region', 'other')),
    CONSTRAINT sendby CHECK (send_by IN ('secure_mail', 'sdk', 'internal', 'letter', 'handed')),
    CONSTRAINT protection CHECK (protection IN ('none', 'marked', 'registered')),
    CONSTRAINT representativekind CHECK (representative IN ('guardian', 'god_man', 'forvaltare', 'future_proxy'))
);

CREATE INDEX ix_participant_case_id ON participant (case_id);

CREATE TABLE preparation (
    id INTEGER NOT NULL,
    case_id INTEGER NOT NULL,
    on_date DATE,
    works_well TEXT NOT NULL,
    hard TEXT NOT NULL,
    matters TEXT NOT NULL,
    wishes TEXT NOT NULL,
    shall_come TEXT NOT NULL,
    shall_not_come TEXT NOT NULL,
    not_talk_about TEXT NOT NULL,
    where_when TEXT NOT NULL,
    support TEXT NOT NULL,
    who_begins VARCHAR NOT NULL,
    purpose TEXT NOT NULL,
    questions JSON NOT NULL,
    situation TEXT NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(case_id) REFERENCES "case" (id)
);

CREATE INDEX ix_preparation_case_id ON preparation (case_id);

CREATE TABLE status (
    id INTEGER NOT NULL,
    case_id INTEGER NOT NULL,
    on_date DATE NOT NULL,
    kind VARCHAR(32) NOT NULL,
    close_reason VARCHAR(32),
    reason TEXT NOT NULL,
    goal_outcome TEXT NOT NULL,
    decided_by VARCHAR NOT NULL,
    told TEXT NOT NULL,
    replaced_by VARCHAR NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(case_id) REFERENCES "case" (id),
    CONSTRAINT casestate CHECK (kind IN ('opened', 'resting', 'closed', 'reopened')),
    CONSTRAINT closereason CHECK (close_reason IN ('goals_reached', 'one_huvudman', 'consent_withdrawn', 'declined', 'no_need', 'refused', 'moved', 'deceased', 'replaced', 'lpt_plan', 'other'))
);

CREATE INDEX ix_status_case_id ON status (case_id);

CREATE TABLE attendance (
    id INTEGER NOT NULL,
    case_id INTEGER NOT NULL,
    meeting_id INTEGER NOT NULL,
    participant_id INTEGER NOT NULL,
    presence VARCHAR(32) NOT NULL,
    substitute VARCHAR NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(case_id) REFERENCES "case" (id),
    FOREIGN KEY(meeting_id) REFERENCES meeting (id),
    FOREIGN KEY(participant_id) REFERENCES participant (id),
    CONSTRAINT presence CHECK (presence IN ('came', 'substitute', 'absent', 'excused'))
);

CREATE INDEX ix_attendance_case_id ON attendance (case_id);

CREATE TABLE consent_guardian (
    id INTEGER NOT NULL,
    case_id INTEGER NOT NULL,
    consent_id INTEGER NOT NULL,
    participant_id INTEGER NOT NULL,
    answer VARCHAR(32) NOT NULL,
    why TEXT NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(case_id) REFERENCES "case" (id),
    FOREIGN KEY(consent_id) REFERENCES consent (id),
    FOREIGN KEY(participant_id) REFERENCES participant (id),
    CONSTRAINT guardiananswer CHECK (answer IN ('consents', 'prevented', 'refuses', 'not_asked', 'board'))
);

CREATE INDEX ix_consent_guardian_case_id ON consent_guardian (case_id);

CREATE TABLE consent_scope (
    id INTEGER NOT NULL,
    case_id INTEGER NOT NULL,
    consent_id INTEGER NOT NULL,
    participant_id INTEGER,
    categories JSON NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(case_id) REFERENCES "case" (id),
    FOREIGN KEY(consent_id) REFERENCES consent (id),
    FOREIGN KEY(participant_id) REFERENCES participant (id)
);

CREATE INDEX ix_consent_scope_case_id ON consent_scope (case_id);

CREATE TABLE deviation (
    id INTEGER NOT NULL,
    case_id INTEGER NOT NULL,
    kind VARCHAR(32) NOT NULL,
    meeting_id INTEGER,
    participant_id INTEGER,
    found_on DATE NOT NULL,
    what TEXT NOT NULL,
    done TEXT NOT NULL,
    fed_back_on DATE,
    PRIMARY KEY (id),
    FOREIGN KEY(case_id) REFERENCES "case" (id),
    CONSTRAINT deviationkind CHECK (kind IN ('not_called', 'absent', 'late_call', 'no_plan', 'other')),
    FOREIGN KEY(meeting_id) REFERENCES meeting (id),
    FOREIGN KEY(participant_id) REFERENCES participant (id)
);

CREATE INDEX ix_deviation_case_id ON deviation (case_id);

CREATE TABLE invitation (
    id INTEGER NOT NULL,
    case_id INTEGER NOT NULL,
    meeting_id INTEGER NOT NULL,
    participant_id INTEGER NOT NULL,
    kind VARCHAR(32) NOT NULL,
    sent_on DATE,
    answer VARCHAR(32) NOT NULL,
    answered_on DATE,
    substitute VARCHAR NOT NULL,
    passed_to INTEGER,
    note TEXT NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(case_id) REFERENCES "case" (id),
    FOREIGN KEY(meeting_id) REFERENCES meeting (id),
    FOREIGN KEY(participant_id) REFERENCES participant (id),
    CONSTRAINT invitationkind CHECK (kind IN ('kallelse', 'inbjudan', 'letter')),
    CONSTRAINT answer CHECK (answer IN ('none', 'yes', 'substitute', 'passed_on', 'no')),
    FOREIGN KEY(passed_to) REFERENCES participant (id)
);

CREATE INDEX ix_invitation_case_id ON invitation (case_id);

CREATE TABLE "plan" (
    id INTEGER NOT NULL,
    case_id INTEGER NOT NULL,
    number INTEGER NOT NULL,
    kind VARCHAR(32) NOT NULL,
    based_on INTEGER,
    meeting_id INTEGER,
    established_on DATE,
    responsible_huvudman VARCHAR(32),
    responsible_participant INTEGER,
    responsible_person VARCHAR NOT NULL,
    others_none BOOLEAN NOT NULL,
    situation TEXT NOT NULL,
    purpose TEXT NOT NULL,
    matters TEXT NOT NULL,
    long_goal TEXT NOT NULL,
    crisis TEXT NOT NULL,
    oral_health TEXT NOT NULL,
    comment TEXT NOT NULL,
    copies_to TEXT NOT NULL,
    followup_on DATE,
    followup_by VARCHAR NOT NULL,
    changed_why TEXT NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(case_id) REFERENCES "case" (id),
    CONSTRAINT plankind CHECK (kind IN ('draft', 'plan', 'revision', 'correction')),
    FOREIGN KEY(based_on) REFERENCES "plan" (id),
    FOREIGN KEY(meeting_id) REFERENCES meeting (id),
    CONSTRAINT huvudman CHECK (responsible_huvudman IN ('kommun', 'region', 'other')),
    FOREIGN KEY(responsible_participant) REFERENCES participant (id)
);

CREATE INDEX ix_plan_case_id ON "plan" (case_id);

CREATE UNIQUE INDEX ix_plan_one_draft ON "plan" (case_id) WHERE kind = 'draft';

CREATE TABLE action (
    id INTEGER NOT NULL,
    case_id INTEGER NOT NULL,
    plan_id INTEGER NOT NULL,
    goal_key VARCHAR NOT NULL,
    "key" VARCHAR NOT NULL,
    position INTEGER NOT NULL,
    text TEXT NOT NULL,
    performer VARCHAR(32) NOT NULL,
    participant_id INTEGER,
    responsible VARCHAR NOT NULL,
    start VARCHAR NOT NULL,
    frequency VARCHAR NOT NULL,
    due DATE,
    PRIMARY KEY (id),
    FOREIGN KEY(case_id) REFERENCES "case" (id),
    FOREIGN KEY(plan_id) REFERENCES "plan" (id),
    CONSTRAINT performer CHECK (performer IN ('kommun', 'region', 'school', 'individual', 'relative', 'other')),
    FOREIGN KEY(participant_id) REFERENCES participant (id)
);

CREATE INDEX ix_action_case_id ON action (case_id);

CREATE INDEX ix_action_plan_id ON action (plan_id);

CREATE TABLE document (
    id INTEGER NOT NULL,
    case_id INTEGER NOT NULL,
    kind VARCHAR(32) NOT NULL,
    participant_id INTEGER,
    plan_id INTEGER,
    meeting_id INTEGER,
    template_sha VARCHAR NOT NULL,
    data JSON NOT NULL,
    engine VARCHAR NOT NULL,
    file_name VARCHAR NOT NULL,
    issued_at DATETIME NOT NULL,
    issued_by VARCHAR NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(case_id) REFERENCES "case" (id),
    CONSTRAINT documentkind CHECK (kind IN ('consent', 'preparation', 'call', 'invitation', 'letter', 'agenda', 'plan', 'followup', 'closure')),
    FOREIGN KEY(participant_id) REFERENCES participant (id),
    FOREIGN KEY(plan_id) REFERENCES "plan" (id),
    FOREIGN KEY(meeting_id) REFERENCES meeting (id),
    FOREIGN KEY(template_sha) REFERENCES template (sha)
);

CREATE INDEX ix_document_case_id ON document (case_id);

CREATE TABLE followup (
    id INTEGER NOT NULL,
    case_id INTEGER NOT NULL,
    plan_id INTEGER NOT NULL,
    meeting_id INTEGER,
    held_on DATE NOT NULL,
    first_agreed DATE,
    present TEXT NOT NULL,
    consent_valid BOOLEAN,
    own_words TEXT NOT NULL,
    decision VARCHAR(32) NOT NULL,
    next_on DATE,
    PRIMARY KEY (id),
    FOREIGN KEY(case_id) REFERENCES "case" (id),
    FOREIGN KEY(plan_id) REFERENCES "plan" (id),
    FOREIGN KEY(meeting_id) REFERENCES meeting (id),
    CONSTRAINT followupdecision CHECK (decision IN ('continue', 'revise', 'close'))
);

CREATE INDEX ix_followup_case_id ON followup (case_id);

CREATE TABLE goal (
    id INTEGER NOT NULL,
    case_id INTEGER NOT NULL,
    plan_id INTEGER NOT NULL,
    need_key VARCHAR NOT NULL,
    "key" VARCHAR NOT NULL,
    position INTEGER NOT NULL,
    own_words TEXT NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(case_id) REFERENCES "case" (id),
    FOREIGN KEY(plan_id) REFERENCES "plan" (id)
);

CREATE INDEX ix_goal_case_id ON goal (case_id);

CREATE INDEX ix_goal_plan_id ON goal (plan_id);

CREATE TABLE need (
    id INTEGER NOT NULL,
    case_id INTEGER NOT NULL,
    plan_id INTEGER NOT NULL,
    "key" VARCHAR NOT NULL,
    position INTEGER NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(case_id) REFERENCES "case" (id),
    FOREIGN KEY(plan_id) REFERENCES "plan" (id)
);

CREATE INDEX ix_need_case_id ON need (case_id);

CREATE INDEX ix_need_plan_id ON need (plan_id);

CREATE TABLE outcome (
    id INTEGER NOT NULL,
    case_id INTEGER NOT NULL,
    followup_id INTEGER NOT NULL,
    goal_key VARCHAR,
    action_key VARCHAR,
    goal_result VARCHAR(32),
    action_result VARCHAR(32),
    next VARCHAR(32),
    note TEXT NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(case_id) REFERENCES "case" (id),
    FOREIGN KEY(followup_id) REFERENCES followup (id),
    CONSTRAINT goalresult CHECK (goal_result IN ('reached', 'partly', 'not', 'irrelevant')),
    CONSTRAINT actionresult CHECK (action_result IN ('done', 'ongoing', 'changed', 'not_done')),
    CONSTRAINT next CHECK (next IN ('continue', 'change', 'end', 'reassess'))
);

CREATE INDEX ix_outcome_case_id ON outcome (case_id);

-- An established version of the plan is never changed: what people agreed stays as they agreed it.
CREATE TRIGGER plan_established_update BEFORE UPDATE ON "plan" WHEN OLD.kind <> 'draft'
BEGIN SELECT RAISE(ABORT, 'an established plan is never changed'); END;

CREATE TRIGGER plan_established_delete BEFORE DELETE ON "plan" WHEN OLD.kind <> 'draft'
BEGIN SELECT RAISE(ABORT, 'an established plan is never changed'); END;

CREATE TRIGGER need_established_insert BEFORE INSERT ON need
WHEN (SELECT kind FROM "plan" WHERE id = NEW.plan_id) <> 'draft'
BEGIN SELECT RAISE(ABORT, 'an established plan is never changed'); END;

CREATE TRIGGER need_established_update BEFORE UPDATE ON need
WHEN (SELECT kind FROM "plan" WHERE id = OLD.plan_id) <> 'draft'
BEGIN SELECT RAISE(ABORT, 'an established plan is never changed'); END;

CREATE TRIGGER need_established_delete BEFORE DELETE ON need
WHEN (SELECT kind FROM "plan" WHERE id = OLD.plan_id) <> 'draft'
BEGIN SELECT RAISE(ABORT, 'an established plan is never changed'); END;

CREATE TRIGGER goal_established_insert BEFORE INSERT ON goal
WHEN (SELECT kind FROM "plan" WHERE id = NEW.plan_id) <> 'draft'
BEGIN SELECT RAISE(ABORT, 'an established plan is never changed'); END;

CREATE TRIGGER goal_established_update BEFORE UPDATE ON goal
WHEN (SELECT kind FROM "plan" WHERE id = OLD.plan_id) <> 'draft'
BEGIN SELECT RAISE(ABORT, 'an established plan is never changed'); END;

CREATE TRIGGER goal_established_delete BEFORE DELETE ON goal
WHEN (SELECT kind FROM "plan" WHERE id = OLD.plan_id) <> 'draft'
BEGIN SELECT RAISE(ABORT, 'an established plan is never changed'); END;

CREATE TRIGGER action_established_insert BEFORE INSERT ON action
WHEN (SELECT kind FROM "plan" WHERE id = NEW.plan_id) <> 'draft'
BEGIN SELECT RAISE(ABORT, 'an established plan is never changed'); END;

CREATE TRIGGER action_established_update BEFORE UPDATE ON action
WHEN (SELECT kind FROM "plan" WHERE id = OLD.plan_id) <> 'draft'
BEGIN SELECT RAISE(ABORT, 'an established plan is never changed'); END;

CREATE TRIGGER action_established_delete BEFORE DELETE ON action
WHEN (SELECT kind FROM "plan" WHERE id = OLD.plan_id) <> 'draft'
BEGIN SELECT RAISE(ABORT, 'an established plan is never changed'); END;

-- Status events are append-only.
CREATE TRIGGER status_update BEFORE UPDATE ON status
BEGIN SELECT RAISE(ABORT, 'status events are append-only'); END;

-- An event's dimensions are frozen, only voiding is allowed. Due dates are no events: they move.
CREATE TRIGGER fact_frozen BEFORE UPDATE OF kind, on_date, source, kommun, unit, huvudman, route, age_band, sex, target_group ON fact
WHEN OLD.kind NOT LIKE 'due\_%' ESCAPE '\'
BEGIN SELECT RAISE(ABORT, 'a fact is voided, never edited'); END;
