import { type Contract, type Implementation, implementationChoices } from '@menusmith/app/browser';
import { useEditing } from '../editing.ts';
import { Choice } from './choice.tsx';
import { ComplaintAt } from './complaint.tsx';

const contracts: Readonly<Record<Contract, readonly [string, string]>> = {
  allocations: ['Task by task', 'The menu says how much of each input goes to each task.'],
  packages: ['Packages', 'The menu sells totals; buyers spread them over their tasks themselves.'],
  efficient: ['Nothing is hidden', 'The first best: the seller sees every buyer, and welfare is largest.'],
};

/** What is sold, and how it is priced. */
export const ContractControls = () => {
  const { data, edit } = useEditing();
  const contract = String(data.contract ?? 'allocations');
  const implementation = String(data.implementation ?? 'direct');
  return (
    <>
      <Choice
        label="Contract"
        value={contract}
        options={Object.entries(contracts).map(([value, [label]]) => ({ value, label }))}
        doc={contracts[contract as Contract]?.[1]}
        onChoose={(chosen) => edit(['contract'], chosen)}
      />
      <ComplaintAt path={['contract']} />
      {contract !== 'efficient' && (
        <Choice
          label="Pricing"
          value={implementation}
          options={Object.entries(implementationChoices).map(([value, [label]]) => ({ value, label }))}
          doc={implementationChoices[implementation as Implementation]?.[1]}
          onChoose={(chosen) => edit(['implementation'], chosen)}
        />
      )}
      <ComplaintAt path={['implementation']} />
    </>
  );
};
