"""The ward's own report: from the figures of a span to a text that a person edits and finalises.

``figures`` gathers what is told, ``sentences`` says it, ``drafting`` puts the text together,
``numbers`` watches what is edited, ``freezing`` keeps what was finalised.
"""
