import { InputError } from '@menusmith/core';
import { callText, PluginFault, thrownText } from '../plugin/plugin-fault.ts';
import { abandonedCall } from '../plugin/running-call.ts';
import { OutOfTime } from './time-limit.ts';

/** What a law says of an exception: `density(0.3) threw: no luck`, or `no answer within 60 s: quantile(0.3) did not return`. */
export const thrownWords = (thrown: unknown): string => {
  if (thrown instanceof OutOfTime) {
    const call = abandonedCall();
    return call === undefined ? thrown.message : `${thrown.message}: ${callText(call)} did not return`;
  }
  if (thrown instanceof PluginFault) return thrown.complaint;
  return thrown instanceof InputError ? thrown.message : `threw: ${thrownText(thrown)}`;
};
