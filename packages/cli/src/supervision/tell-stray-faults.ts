import { strayFault } from '@menusmith/app/plugin-calls';
import { faultMessage } from '../fault-message.ts';

/** Tells what is thrown where nobody waits for it: in a timer or a promise of a plugin it harms no answer. Else it is a fault of ours, which ends the thread. */
export const tellStrayFaults = (tell: (text: string) => void, end: (fault: string) => void): void => {
  const tellStray = (thrown: unknown): void => {
    const said = strayFault(thrown);
    if (said === undefined) end(faultMessage(thrown));
    else if (said !== '') tell(`${said}\n`);
  };
  process.on('unhandledRejection', tellStray);
  process.setUncaughtExceptionCaptureCallback(tellStray);
  // A plugin may drop the listener; without the callback the thread ends.
  process.setUncaughtExceptionCaptureCallback = () => undefined;
};
