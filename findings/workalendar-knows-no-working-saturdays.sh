#!/usr/bin/env bash
# PyPI workalendar 17.0.0: the weekend days of 2026 on which China works in exchange for a holiday are no working days.
#
# chinesecalendar 1.11.0 has them. A notice period counted in working days differs by the number of such days.
set -euo pipefail
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
cd "$work"

python3 -m venv env
env/bin/pip install --quiet --disable-pip-version-check workalendar==17.0.0 chinesecalendar==1.11.0

env/bin/python - >seen <<'END'
import datetime
from chinese_calendar import is_workday
from workalendar.asia import China
calendar = China()
for month, day in [(1, 4), (2, 14), (2, 28), (5, 9), (9, 20), (10, 10)]:
    date = datetime.date(2026, month, day)
    print(date, "workalendar", calendar.is_working_day(date), "chinesecalendar", is_workday(date))
END
cat >expected <<'END'
2026-01-04 workalendar False chinesecalendar True
2026-02-14 workalendar False chinesecalendar True
2026-02-28 workalendar False chinesecalendar True
2026-05-09 workalendar False chinesecalendar True
2026-09-20 workalendar False chinesecalendar True
2026-10-10 workalendar False chinesecalendar True
END

diff expected seen && echo "as described"
