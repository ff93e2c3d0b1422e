import { standardPlugin as p } from '@menusmith/plugins';
import { test } from 'vitest';
import { distributionReferences } from './distribution-references.ts';
import { copulaReferences } from './copula-references.ts';
test('x',()=>{ const w:any={};
 for (const [n,q,x,f,F,S] of distributionReferences){const d=p.distributions!.find(e=>e.name===n)!.create(q); const e=[d.density(x)/f-1,d.cdf(x)/F-1,d.survival(x)/S-1].map(Math.abs); w[n]=(w[n]??[0,0,0]).map((v:number,i:number)=>Math.max(v,e[i]!));}
 for (const [n,q,u,v,C,c,s,f] of copulaReferences){const d=p.copulas!.find(e=>e.name===n)!.create(q); const e=[d.cdf(u,v)-C,d.conditional(u,v)/c-1,d.conditionalSurvival(u,v)/s-1,d.density(u,v)/f-1].map(Math.abs); w[n]=(w[n]??[0,0,0,0]).map((v:number,i:number)=>Math.max(v,e[i]!));}
 for (const k in w) console.log('W',k,w[k].map((v:number)=>v.toExponential(1)).join(' '));
});
