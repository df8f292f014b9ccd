"""Figures of use that the story tells, account by account; all others are found by judging."""

SEATS_TOLD: dict[str, dict[int, int]] = {
    "Tidewater Health Network": dict(
        enumerate((690, 730, 790, 845, 900, 960, 1010, 1050, 1090, 1110, 1140, 1164, 1180))
    ),
    "Merrow Telecom": dict(enumerate((180, 260, 340, 400, 440, 455, 450, 431, 372), start=4)),
    "Tern Airways": dict(
        enumerate((402, 398, 391, 395, 380, 371, 352, 340, 322, 301, 262, 214, 171))
    ),
    "Kestrel Freight": dict(
        enumerate((468, 472, 465, 470, 466, 455, 460, 448, 441, 430, 409, 388, 341))
    ),
    "Grantley Brokers": dict(enumerate((62, 60, 61, 58, 57, 55, 54, 52, 50, 47, 41, 33, 24))),
    "Tallow & Wick": dict(enumerate((30, 31, 30, 29, 28, 27, 26, 25, 24, 20, 16, 9), start=1)),
    "Bluebell Nurseries": dict(enumerate((70, 74, 72, 70, 66, 60, 55, 50, 44, 36, 24), start=2)),
    "Ostrava Transit": dict(enumerate((251, 253, 247, 249, 240, 233, 229, 221, 212))),
}
"""Seats in use by number of the snapshot, where the story tells them."""
USE_ENDS = {"Ostrava Transit": 8}
"""The last snapshot with use in it."""
MODULES_USED = {
    "Tidewater Health Network": 3,
    "Solace Insurance Group": 5,
    "Merrow Telecom": 1,
    "Tern Airways": 1,
    "Bluebell Nurseries": 1,
}
COURSES = {
    "Tidewater Health Network": (58, 61, 60, 63, 65, 68, 70, 71, 73, 75, 75, 75, 76),
    "Solace Insurance Group": (87, 88, 87, 88, 88, 89, 88, 88, 88, 88, 88, 88, 88),
}
KEEN: dict[str, tuple[float, ...]] = {
    "Tidewater Health Network": (*(0.8,) * 7, 0.9, 1.0, 0.95, 0.68, 0.68, 0.68),
    "Merrow Telecom": (*(1.0,) * 10, 0.62, 0.45, 0.36),
    "Grantley Brokers": (*(0.9,) * 10, 0.66, 0.56, 0.5),
    "Tallow & Wick": (*(0.9,) * 10, 0.66, 0.56, 0.5),
}
"""How busy the seats are by snapshot, where the story tells it: Tidewater's lines are busiest in
late autumn, others are turning away."""
RATES = (34.0, 21.0, 9.0, 6.0, 4.0, 3.0)
"""Uses of each module per active seat and month."""
