import { useEditing } from '../editing.ts';
import { Choice } from './choice.tsx';
import { ComplaintAt } from './complaint.tsx';

const contracts = {
  allocations: ['Tokens task by task', 'The menu says how many tokens go to each task.'],
  packages: ['Token packages', 'The menu sells totals; buyers spread them over their tasks themselves.'],
  efficient: ['Nothing is hidden', 'The first best: the seller sees every buyer, and welfare is largest.'],
} as const;

const implementations = {
  direct: ['A price for every item', 'Each item of the menu has its price.'],
  'two-part-tariff': [
    'Two-part tariffs',
    'A fee and token prices; the page simulates which tariff buyers really choose.',
  ],
  'maximum-spend': [
    'A fee, and a cap on spending',
    'After a fee tokens are sold at cost, up to a most that a buyer can spend; the page simulates what buyers choose.',
  ],
} as const;

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
        doc={contracts[contract as keyof typeof contracts]?.[1]}
        onChoose={(chosen) => edit(['contract'], chosen)}
      />
      <ComplaintAt path={['contract']} />
      {contract !== 'efficient' && (
        <Choice
          label="Pricing"
          value={implementation}
          options={Object.entries(implementations).map(([value, [label]]) => ({ value, label }))}
          doc={implementations[implementation as keyof typeof implementations]?.[1]}
          onChoose={(chosen) => edit(['implementation'], chosen)}
        />
      )}
      <ComplaintAt path={['implementation']} />
    </>
  );
};
