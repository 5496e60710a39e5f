"""The words that code owns: stable keys (stored, exported) and their Swedish texts.

A region pack may reword what a person reads, never the keys. Domain words are explained in
``docs/ordlista.md``; the field's own Swedish words are kept where the law uses them.

One file per subject, so that a quick command loads only the words it needs.
"""
