"""A leader decides from a link on the phone: approve, or return with a reason.

The link is made by an officer for one leader and one document, opened with a PIN that is told
by telephone, and used up by the decision. What can be approved is registered by the apps above
(:mod:`approvals.kinds`).
"""
