import { didYouMean, InputError } from '@menusmith/core';
import { shortened } from '../study/describe-value.ts';

export interface Currency {
  /** Of ISO 4217. */
  readonly code: string;
  /** Of its minor unit: 2 for cents. */
  readonly places: number;
}

/** Of ISO 4217, by places. Those whose minor unit is a fifth (MGA, MRU) are left out: billing systems count them differently. */
const CODES: readonly (readonly [places: number, codes: string])[] = [
  [
    2,
    'AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CNY COP CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD ' +
      'FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MKD MMK MNT MOP MUR MVR MWK ' +
      'MXN MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT ' +
      'TOP TRY TTD TWD TZS UAH USD UYU UZS VES WST XCD XCG YER ZAR ZMW ZWG',
  ],
  [0, 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF'],
  [3, 'BHD IQD JOD KWD LYD OMR TND'],
];

const places: ReadonlyMap<string, number> = new Map(
  CODES.flatMap(([own, codes]) => codes.split(' ').map((code) => [code, own] as const)),
);

/** Signs that one currency has; ¥ is that of two. */
const signs: ReadonlyMap<string, string> = new Map([
  ['$', 'USD'],
  ['€', 'EUR'],
  ['£', 'GBP'],
  ['₹', 'INR'],
  ['₩', 'KRW'],
]);

/** The currency that a menu names, by its code or sign; throws InputError for one that is not known. */
export const currencyNamed = (name: string): Currency => {
  const code = signs.get(name.trim()) ?? name.trim().toUpperCase();
  const own = places.get(code);
  if (own !== undefined) return { code, places: own };
  throw new InputError(
    'currency',
    `expected a currency of ISO 4217 such as USD, or $, € or £, got "${shortened(name)}"${didYouMean(code, [...places.keys()])}`,
    ['currency'],
  );
};
