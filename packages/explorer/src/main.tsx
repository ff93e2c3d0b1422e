import { render } from 'preact';
import { readAddress } from './address.ts';
import { Explorer } from './explorer.tsx';
import { presets } from './presets.ts';
import './style.css';

const shared = await readAddress(location.hash);
render(
  <Explorer
    study={shared?.study ?? presets[0]!.text}
    {...(shared?.other !== undefined && { other: shared.other })}
    {...(shared?.tiers !== undefined && { tiers: shared.tiers })}
    isUnreadable={shared === undefined && location.hash.length > 1}
  />,
  document.getElementById('page')!,
);
