"""The words people read: marked sentences, gettext catalogues, CLDR names, the choice of language."""
