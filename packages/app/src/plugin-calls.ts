/** What whoever watches over plugins needs to know of them; little else is loaded with it. */
export { noteCallbacks } from './plugin/noted-callbacks.ts';
export { noteTimers } from './plugin/noted-timers.ts';
export {
  notedModules,
  RUNNING_CALL_BYTES,
  type RunningCall,
  runningCall,
  shareRunningCalls,
} from './plugin/running-call.ts';
export { strayFault } from './plugin/stray-faults.ts';
