"""The small drawings of the interface, drawn for this site on a grid of 24 by 24."""

_LINE = 'fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"'

ICONS = {
    "phone": (
        f'<path {_LINE} d="M5 3.5h3.6l1.6 4.3-2.2 1.7a13 13 0 0 0 6.5 6.5l1.7-2.2 4.3 1.6V19a2 2 0 0 1-2.2 2'
        'C10.6 20.4 3.6 13.4 3 5.7A2 2 0 0 1 5 3.5z"/>'
    ),
    "menu": f'<path {_LINE} d="M4 6.5h16M4 12h16M4 17.5h16"/>',
    "close": f'<path {_LINE} d="M6 6l12 12M18 6 6 18"/>',
    "down": f'<path {_LINE} d="m6 9.5 6 6 6-6"/>',
    "next": f'<path {_LINE} d="m9.5 6 6 6-6 6"/>',
    "previous": f'<path {_LINE} d="m14.5 6-6 6 6 6"/>',
    "search": f'<circle {_LINE} cx="10.5" cy="10.5" r="6.5"/><path {_LINE} d="m15.5 15.5 5 5"/>',
    "mail": f'<rect {_LINE} x="3" y="5" width="18" height="14" rx="2"/><path {_LINE} d="m4 7 8 6 8-6"/>',
    "info": (
        f'<circle {_LINE} cx="12" cy="12" r="9"/><path {_LINE} d="M12 11v5.5"/>'
        '<circle fill="currentColor" cx="12" cy="7.6" r="1.3"/>'
    ),
    # Stages: what runs is filled, what is planned is dated, what is considered is open.
    "running": '<circle fill="currentColor" cx="12" cy="12" r="9"/><path class="icon__hole" d="m10 7.8 6.6 4.2L10 16.2z"/>',
    "planned": (
        f'<rect {_LINE} x="4" y="5" width="16" height="15" rx="2"/><path {_LINE} d="M4 10h16M8.5 3v4M15.5 3v4"/>'
    ),
    "considered": (
        f'<circle {_LINE} cx="12" cy="12" r="9" stroke-dasharray="3.4 3.7"/>'
        '<g fill="currentColor"><circle cx="8" cy="12" r="1.3"/><circle cx="12" cy="12" r="1.3"/>'
        '<circle cx="16" cy="12" r="1.3"/></g>'
    ),
}
