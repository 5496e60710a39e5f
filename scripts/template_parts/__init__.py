"""The parts that ``build_templates.py`` puts together into Word templates."""
