import { replicateStatements, statements } from '@menusmith/app';
import { it } from 'vitest';
it('probe', () => {
  let total = 0;
  const out: string[] = [];
  for (const s of statements) {
    const t0 = performance.now();
    let rows;
    try { rows = replicateStatements([s]); } catch (e) { out.push(`THROW ${s.id} ${(e as Error).message}`); continue; }
    const t = performance.now() - t0; total += t;
    for (const r of rows) out.push([r.verdict.padEnd(22), s.id.padEnd(28), r.at.padEnd(18), r.printed, r.corrected, r.closedForm, r.numeric, r.error?.toExponential(1), t > 60 ? `${t.toFixed(0)}ms` : '', r.erratum??''].join(' | '));
  }
  console.log(out.join('\n') + `\n${total.toFixed(0)} ms, ${out.length}`);
}, 120000);
