// The C# side of the twins: a worker, a client and a replayer, each a process of its own.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

const command = process.env.CSHARP_TWINS;

function launch(args) {
  if (!command) throw new Error('Set CSHARP_TWINS to the command that starts the C# twins.');
  const [executable, ...first] = command.split(' ');
  return spawn(executable, [...first, ...args], { stdio: ['pipe', 'pipe', 'inherit'] });
}

/** Runs a C# worker while the function runs. */
export async function withCSharpWorker(address, taskQueue, maxCachedWorkflows, body) {
  const worker = launch(['worker', address, taskQueue, String(maxCachedWorkflows)]);
  const ended = once(worker, 'exit');
  try {
    await Promise.race([
      once(worker.stdout, 'data'),
      ended.then(([code]) => Promise.reject(new Error(`The C# worker ended with ${code}.`))),
    ]);
    return await body();
  } finally {
    worker.stdin.end();
    await ended;
  }
}

/** Runs a C# command to its end; its lines are "ok NAME" or "not ok NAME: why". */
export async function csharp(...args) {
  const child = launch(args);
  child.stdin.end();
  const outcomes = [];
  for await (const line of createInterface({ input: child.stdout })) {
    const [, not, name, why] = /^(not )?ok (.*?)(?:: (.*))?$/.exec(line) ?? [];
    outcomes.push(name === undefined ? { name: line, ok: false, why: 'no outcome' } : { name, ok: !not, why });
  }
  return outcomes;
}
