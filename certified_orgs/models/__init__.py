from .application import (
    CONSENTS,
    PLEDGES,
    Application,
    ApplicationMark,
    Comment,
    Question,
    Round,
    Score,
    SelfCheck,
)
from .certificate import (
    Certificate,
    HolderContact,
    NumberSeries,
    Place,
    Pool,
    Printing,
    Term,
)
from .details import PRIVATE_DETAILS, PUBLIC_DETAILS, copy_details
from .disposal import DisposalDecision
from .life import ChangeRequest, Proposal
from .pages import CertifiedIndexPage, CertifiedOrgPage, ProfileLink, ProfileProject
from .records import Attachment, Decision, Move, PrivateLink
from .report import Reminder, ReportActivity, YearlyReport
from .scheme import Criterion, District, SchemeYear

__all__ = [
    "CONSENTS",
    "PLEDGES",
    "PRIVATE_DETAILS",
    "PUBLIC_DETAILS",
    "Application",
    "ApplicationMark",
    "Attachment",
    "Certificate",
    "CertifiedIndexPage",
    "CertifiedOrgPage",
    "ChangeRequest",
    "Comment",
    "Criterion",
    "Decision",
    "DisposalDecision",
    "District",
    "HolderContact",
    "Move",
    "NumberSeries",
    "Place",
    "Pool",
    "Printing",
    "PrivateLink",
    "ProfileLink",
    "ProfileProject",
    "Proposal",
    "Question",
    "Reminder",
    "ReportActivity",
    "Round",
    "SchemeYear",
    "Score",
    "SelfCheck",
    "Term",
    "YearlyReport",
    "copy_details",
]
