"""The small drawings of the interface, drawn for this site on a grid of 24 by 24.

They are lines in the colour of the text; what is filled says so.
"""

_FILLED = 'fill="currentColor" stroke="none"'

ICONS = {
    "phone": (
        '<path d="M5 3.5h3.6l1.6 4.3-2.2 1.7a13 13 0 0 0 6.5 6.5l1.7-2.2 4.3 1.6V19a2 2 0 0 1-2.2 2'
        'C10.6 20.4 3.6 13.4 3 5.7A2 2 0 0 1 5 3.5z"/>'
    ),
    "menu": '<path d="M4 6.5h16M4 12h16M4 17.5h16"/>',
    "close": '<path d="M6 6l12 12M18 6 6 18"/>',
    "down": '<path d="m6 9.5 6 6 6-6"/>',
    "up": '<path d="m6 14.5 6-6 6 6"/>',
    "next": '<path d="m9.5 6 6 6-6 6"/>',
    "previous": '<path d="m14.5 6-6 6 6 6"/>',
    "search": '<circle cx="10.5" cy="10.5" r="6.5"/><path d="m15.5 15.5 5 5"/>',
    "info": (
        '<circle cx="12" cy="12" r="9"/><path d="M12 11v5.5"/>'
        f'<circle {_FILLED} cx="12" cy="7.6" r="1.3"/>'
    ),
    "external": '<path d="M13.5 4H20v6.5M20 4l-9.5 9.5M17.5 14v6H4V6.5h6"/>',
    "language": (
        '<circle cx="12" cy="12" r="9"/>'
        '<path d="M3 12h18M12 3c5.3 5.5 5.3 12.5 0 18M12 3c-5.3 5.5-5.3 12.5 0 18"/>'
    ),
    # Stages: what runs is filled, what is planned is dated, what is considered is open.
    "running": (
        f'<circle {_FILLED} cx="12" cy="12" r="10"/>'
        '<path class="icon__hole" stroke="none" d="m10 7.8 6.6 4.2L10 16.2z"/>'
    ),
    "planned": (
        '<rect x="4" y="5" width="16" height="15" rx="2"/><path d="M4 10h16M8.5 3v4M15.5 3v4"/>'
    ),
    "considered": (
        '<circle cx="12" cy="12" r="9" stroke-dasharray="3.4 3.7"/>'
        f'<g {_FILLED}><circle cx="8" cy="12" r="1.3"/><circle cx="12" cy="12" r="1.3"/>'
        '<circle cx="16" cy="12" r="1.3"/></g>'
    ),
    # Plans: what has ended is stopped, what is made anew every year goes round.
    "ended": (
        f'<circle cx="12" cy="12" r="9"/><rect {_FILLED} x="8.5" y="8.5" width="7" height="7"/>'
    ),
    "rolling": '<path d="M20 12a8 8 0 1 1-2.4-5.7L20 8.6M20 3.6v5h-5"/>',
    # States of an indicator: there, on the road, short of the line, turned back, …
    "state-reached": '<path d="m4 12.5 5.5 5.5L20 6.5"/>',
    "state-on-track": '<path d="M3 5.5h18M3 18.5h18M5 12h13m-4-4 4 4-4 4"/>',
    "state-behind": '<path d="M3 12h8.5m-4-4 4 4-4 4M16 12h.1M21 4.5v15"/>',
    "state-wrong-way": '<path d="M5 15h9.5a4.5 4.5 0 0 0 0-9H8M9 11l-4 4 4 4"/>',
    "state-not-reached": '<circle cx="12" cy="12" r="9"/><circle cx="12" cy="12" r="3.5"/>',
    "state-due": (
        '<rect x="4" y="5" width="16" height="16" rx="2"/>'
        '<path d="M8.5 3v4M15.5 3v4M12 10v4.5M12 17.6v.1"/>'
    ),
    "state-not-measured": (
        '<path d="M6 3h12M6 21h12M8 3v3.5l4 5.5-4 5.5V21M16 3v3.5L12 12l4 5.5V21"/>'
    ),
    "state-no-figure": (
        '<circle cx="12" cy="12" r="9" stroke-dasharray="3.4 3.7"/><path d="M8.5 12h7"/>'
    ),
    # What a certificate is worth: holds, lacks a report, rests, ran out, was taken, went back.
    "standing-valid": '<circle cx="12" cy="12" r="9"/><path d="m7.5 12.4 3.2 3.2 6-6.6"/>',
    "standing-report_overdue": '<path d="M6 3h8l4 4v14H6zM14 3v4h4M12 10.5v4M12 17.3v.1"/>',
    "standing-suspended": '<circle cx="12" cy="12" r="9"/><path d="M9.6 8.5v7M14.4 8.5v7"/>',
    "standing-expired": (
        '<path d="M6 3h12M6 21h12M8 3v3.5l4 5.5-4 5.5V21M16 3v3.5L12 12l4 5.5V21"/>'
    ),
    "standing-revoked": '<circle cx="12" cy="12" r="9"/><path d="m8.5 8.5 7 7M15.5 8.5l-7 7"/>',
    "standing-returned": '<path d="M9 14.5 4 9.5l5-5M4 9.5h10a5 5 0 0 1 0 10h-3"/>',
    "standing-unknown": (
        '<circle cx="12" cy="12" r="9"/>'
        '<path d="M9.5 9.6a2.5 2.5 0 1 1 3.6 2.2c-.8.4-1.1.9-1.1 1.8M12 16.7v.1"/>'
    ),
    # Whether something takes place: yes, not at all, on another day, at another place.
    "event-on": '<circle cx="12" cy="12" r="9"/><path d="m7.5 12.4 3.2 3.2 6-6.6"/>',
    "event-cancelled": '<circle cx="12" cy="12" r="9"/><path d="m5.8 5.8 12.4 12.4"/>',
    "event-postponed": '<circle cx="12" cy="12" r="9"/><path d="M9.6 8.5v7M14.4 8.5v7"/>',
    "event-rescheduled": (
        '<rect x="4" y="5" width="16" height="15" rx="2"/>'
        '<path d="M4 10h16M8.5 3v4M15.5 3v4M8.5 15h6.5m-2.5-2.5 2.5 2.5-2.5 2.5"/>'
    ),
    "event-moved": (
        '<path d="M12 21c-4-4.6-6-8-6-10.6a6 6 0 0 1 12 0c0 2.6-2 6-6 10.6z"/>'
        '<path d="M9.3 10.5h5m-2-2 2 2-2 2"/>'
    ),
    # The visitor's plan: to add to it, and what is in it.
    "plan-add": (
        '<rect x="4" y="5" width="16" height="16" rx="2"/>'
        '<path d="M8.5 3v4M15.5 3v4M12 10v7M8.5 13.5h7"/>'
    ),
    "plan-in": (
        '<rect x="4" y="5" width="16" height="16" rx="2"/>'
        '<path d="M8.5 3v4M15.5 3v4M8 13.5l3 3 5.5-5.5"/>'
    ),
    # A sheet of paper, to print.
    "sheet": '<path d="M6 3h8l4 4v14H6zM14 3v4h4M9 12h6M9 16h6"/>',
    # Two times that get in each other's way.
    "clash": '<rect x="3.5" y="4" width="11" height="11" rx="2"/><path d="M18 9h2.5v11h-11v-2"/>',
    # A figure that is older than its rhythm.
    "old": '<circle cx="12" cy="12" r="9"/><path d="M12 6.5V12l3.5 2.5"/>',
}
