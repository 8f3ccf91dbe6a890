"""The report as a page to print or to hand on: one file, with no script and nothing from elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Final

from jinja2 import Environment, StrictUndefined, Template

from sandbox.readiness.report import Report

TEMPLATE: Final = """\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Readiness of a client: world {{ world }}</title>
<style>
body { font: 16px/1.5 Arial, sans-serif; color: #0b0c0c; background: #fff }
body { margin: 0 auto; max-width: 60rem; padding: 1rem }
h1 { font-size: 2rem; line-height: 1.2 } h2 { font-size: 1.5rem; margin-top: 2.5rem }
h3 { font-size: 1.1rem; margin: 0 }
section.point { border-top: 1px solid #b1b4b6; padding: .75rem 0; break-inside: avoid }
.state { font-weight: bold; padding: 0 .5rem; margin-right: .5rem; border: 2px solid; white-space: nowrap }
.met { color: #00562d } .not-met { color: #942514 } .other { color: #505a5f }
.asked { color: #505a5f; margin: .25rem 0 }
.wide { overflow-x: auto } table { border-collapse: collapse; font-size: .85rem; width: 100% }
th, td { border-bottom: 1px solid #b1b4b6; padding: .25rem .5rem .25rem 0; text-align: left; vertical-align: top }
code { font: .85rem/1.4 monospace; overflow-wrap: anywhere }
@media print { body { max-width: none; font-size: 11pt } .wide { overflow: visible } a { color: inherit } }
</style>
</head>
<body>
<main>
<h1>What a client has shown</h1>
<p>World <strong>{{ world }}</strong> of a sandbox of the DfE's API. It is no service of the DfE's, and nobody in it is
real. The clock of the world stands at {{ now | time }}. Names, addresses, teacher reference numbers and tokens are left
out.</p>
{% for report in reports %}
<h2>{{ report.provider.name }}</h2>
<p>{{ report.met }} of {{ report.of }} points are met, by {{ report.requests }} requests of the edition
{{ report.about.edition }}.</p>
{% for judged in report.points %}
{% set finding = judged.finding %}
<section class="point">
<h3><span class="state {{ finding.state | style }}">{{ finding.state }}</span>{{ judged.point.title }}</h3>
<p class="asked">{{ judged.point.asked }}</p>
<p>{{ finding.evidence }}</p>
{% if finding.missing %}<p class="asked">Missing:</p>
<ul>{% for each in finding.missing %}<li>{{ each }}</li>{% endfor %}</ul>{% endif %}
{% if finding.samples %}
<div class="wide"><table>
<caption hidden>Requests that show it</caption>
<thead><tr><th scope="col">Received (UTC)</th><th scope="col">Request</th><th scope="col">Answer</th></tr></thead>
<tbody>
{% for sample in finding.samples[:most] %}
<tr><td>{{ sample.received_at | time }}</td>
<td><code>{{ sample.method }} {{ sample.path }}{% if sample.query %}?{{ sample.query }}{% endif %}</code>
{% if sample.sent %}<br><code>{{ sample.sent | tojson }}</code>{% endif %}</td>
<td>{{ sample.status or 'none' }}{% if sample.rules %}<br>{{ sample.rules | join(', ') }}{% endif %}</td></tr>
{% endfor %}
</tbody>
</table></div>
{% endif %}
</section>
{% endfor %}
{% else %}
<p>No lead provider has asked for anything yet.</p>
{% endfor %}
</main>
</body>
</html>
"""
SAMPLES: Final = 30


def page(world: str, now: datetime, reports: Sequence[Report]) -> str:
    """The reports of a world as HTML."""
    return _template().render(world=world, now=now, reports=reports, most=SAMPLES)


@cache
def _template() -> Template:
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    environment.filters["time"] = lambda at: f"{at:%Y-%m-%d %H:%M:%S}"
    environment.filters["style"] = lambda state: {"met": "met", "not met": "not-met"}.get(state, "other")
    return environment.from_string(TEMPLATE)
