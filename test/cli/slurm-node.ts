import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { freePort } from './redis-server.ts';

export const slurmPrograms = ['munged', 'slurmctld', 'slurmd', 'sbatch', 'sinfo', 'squeue'] as const;

/** A Slurm of one node, this machine, with a key of its own. */
export const slurmNode = async (): Promise<{ readonly env: NodeJS.ProcessEnv; end(): void }> => {
  const folder = mkdtempSync(join(tmpdir(), 'slurm-'));
  const at = (name: string): string => join(folder, name);
  const node = hostname().split('.')[0]!;
  const user = userInfo().username;
  for (const name of ['state', 'spool']) mkdirSync(at(name));
  writeFileSync(at('munge.key'), randomBytes(1024), { mode: 0o400 });
  const settings = {
    ClusterName: 'one',
    SlurmctldHost: `${node}(127.0.0.1)`,
    SlurmUser: user,
    SlurmdUser: user,
    SlurmctldPort: await freePort(),
    SlurmdPort: await freePort(),
    AuthType: 'auth/munge',
    AuthInfo: `socket=${at('munge.socket')}`,
    StateSaveLocation: at('state'),
    SlurmdSpoolDir: at('spool'),
    SlurmctldPidFile: at('slurmctld.pid'),
    SlurmdPidFile: at('slurmd.pid'),
    SlurmctldLogFile: at('slurmctld.log'),
    SlurmdLogFile: at('slurmd.log'),
    ProctrackType: 'proctrack/pgid',
    TaskPlugin: 'task/none',
    SelectType: 'select/cons_tres',
    SelectTypeParameters: 'CR_CPU',
    SwitchType: 'switch/none',
    MpiDefault: 'none',
    MailProg: '/bin/true',
    ReturnToService: 2,
    // Whatever the machine has.
    SlurmdParameters: 'config_overrides',
    SchedulerParameters: 'sched_interval=1,bf_interval=1',
  };
  const lines = [
    ...Object.entries(settings).map(([key, value]) => `${key}=${value}`),
    `NodeName=${node} NodeAddr=127.0.0.1 CPUs=8 State=UNKNOWN`,
    'PartitionName=main Nodes=ALL Default=YES MaxTime=INFINITE State=UP',
  ];
  writeFileSync(at('slurm.conf'), `${lines.join('\n')}\n`);
  const env = { ...process.env, SLURM_CONF: at('slurm.conf') };
  const munge = ['key-file', 'socket', 'pid-file', 'log-file', 'seed-file'].map(
    (what) => `--${what}=${at(`munge.${what.split('-')[0]}`)}`,
  );
  const daemons: ChildProcess[] = [];
  const start = (program: string, ...argv: string[]): void => {
    daemons.push(spawn(program, argv, { env, stdio: 'ignore' }));
  };
  const end = (): void => {
    for (const daemon of daemons.reverse()) daemon.kill('SIGTERM');
  };
  start('munged', '--foreground', '--force', ...munge);
  start('slurmctld', '-D');
  start('slurmd', '-D');
  for (let looks = 0; looks < 200; looks++) {
    await wait(100);
    try {
      if (
        execFileSync('sinfo', ['-h', '-o', '%T'], { env, encoding: 'utf8', stdio: 'pipe' }).trim() === 'idle'
      )
        return { env, end };
    } catch {
      // Not yet.
    }
  }
  end();
  throw new Error(`the node of Slurm did not come up; its logs are in ${folder}`);
};
