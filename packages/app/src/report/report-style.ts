/** How a report looks: dark on white, one column on a narrow screen, figures two or three abreast on a wide one and on paper. */
export const reportStyle = `
:root { color-scheme: light; }
* { box-sizing: border-box; }
body { margin: 0; background: #fff; color: #1a1a1a; font: 16px/1.5 "DejaVu Sans", Verdana, Helvetica, Arial, sans-serif; }
main { max-width: 1280px; margin: 0 auto; padding: 24px 16px 64px; }
h1 { font-size: 1.7rem; line-height: 1.25; margin: 0 0 .5rem; overflow-wrap: anywhere; }
h2 { font-size: 1.2rem; margin: 2.2rem 0 .6rem; padding-bottom: .2rem; border-bottom: 1px solid #bbb; }
p, li { max-width: 46rem; overflow-wrap: anywhere; }
p { margin: .4rem 0; }
a { color: #00558a; }
.numbers { display: grid; grid-template-columns: repeat(auto-fit, minmax(150px, 1fr)); gap: 10px; margin: .5rem 0; }
.numbers div { border: 1px solid #ccc; border-radius: 4px; padding: 8px 12px; }
.numbers dt { font-size: .85rem; color: #444; }
.numbers dd { margin: 0; font-size: 1.25rem; font-variant-numeric: tabular-nums; }
.numbers dd small { display: block; font-size: .75rem; color: #444; }
.provenance { margin-top: 2.2rem; font-size: .75rem; color: #444; }
.provenance p { max-width: none; }
.unit, .files { font-size: .85rem; color: #444; }
.figures { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 380px), 1fr)); gap: 24px 20px; align-items: start; }
figure { margin: 0; break-inside: avoid; }
figure svg { display: block; max-width: 100%; height: auto; }
figcaption { font-size: .9rem; max-width: 30rem; margin-top: .4rem; }
.scroll { overflow-x: auto; margin: .6rem 0; }
.scroll:focus-visible { outline: 2px solid #0072b2; outline-offset: 2px; }
table { border-collapse: collapse; font-size: .85rem; }
caption { text-align: left; font-weight: bold; padding: .2rem 0; }
caption span { position: sticky; left: 0; display: inline-block; max-width: calc(100vw - 32px); }
th, td { padding: 4px 10px 4px 0; text-align: left; vertical-align: top; }
thead th, thead td { border-top: 2px solid #1a1a1a; border-bottom: 1px solid #1a1a1a; vertical-align: bottom; }
tbody tr:last-child > * { border-bottom: 2px solid #1a1a1a; }
tbody tr:nth-child(even) { background: #f5f5f5; }
tbody th { font-weight: normal; white-space: nowrap; }
.numbers-table td, .numbers-table thead th { text-align: right; font-variant-numeric: tabular-nums; padding-left: 10px; }
.numbers-table td { white-space: nowrap; }
.with-words td:last-child, .with-words thead th:last-child { text-align: left; padding-left: 20px; }
.words td { min-width: 9rem; }
pre { background: #f5f5f5; border: 1px solid #ddd; border-radius: 4px; padding: 12px; font: .85rem/1.45 "DejaVu Sans Mono", Menlo, Consolas, monospace; white-space: pre-wrap; overflow-wrap: anywhere; max-height: 36rem; overflow-y: auto; }
code { font-family: "DejaVu Sans Mono", Menlo, Consolas, monospace; }
@media screen and (max-width: 640px) {
  .words, .words tbody, .words tr, .words th, .words td { display: block; }
  .words caption { display: block; }
  .words thead { display: none; }
  .words tr { padding: 6px 0; border-bottom: 1px solid #bbb; }
  .words th, .words td { padding: 0 0 2px; border: none; }
  .words tbody tr:last-child > * { border: none; }
  .words th + td { font-weight: bold; }
}
@page { margin: 14mm; }
@media print {
  body { font-size: 10pt; }
  main { max-width: none; padding: 0; }
  .figures { display: block; columns: 2; column-gap: 8mm; }
  figure { margin-bottom: 6mm; }
  figcaption { font-size: 8.5pt; max-width: none; }
  .scroll { overflow: visible; }
  table { font-size: min(7.5pt, 84pt / var(--columns)); }
  .words { font-size: 8.5pt; width: 100%; }
  .words td { min-width: 0; }
  .words th { white-space: nowrap; }
  th, td { padding: 1pt .5em 1pt 0; }
  .numbers-table td, .numbers-table thead th { padding-left: .5em; white-space: normal; }
  .files { display: none; }
  h2, .numbers-table caption { break-after: avoid; }
  p, li { max-width: none; orphans: 3; widows: 3; }
  section:last-of-type, .numbers { break-inside: avoid; }
  tr { break-inside: avoid; }
  pre { border: none; padding: 0; font-size: 8pt; max-height: none; overflow: visible; break-inside: avoid; }
}
`;
