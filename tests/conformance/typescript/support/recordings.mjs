// Drives the twins through everything that leaves events, and keeps the histories as the inspection page hands them out.
import { randomUUID } from 'node:crypto';
import { eventually } from './environment.mjs';

const ACTIVITY_TASK_CANCELED = 16;
const TIMER_STARTED = 17;

async function event(handle, type) {
  await eventually(() => handle.fetchHistory(), (history) => history.events.some((e) => e.eventType === type));
}

const drives = {
  greeting: (start) => start('greeting', ['Ada']),
  broken: (start) => start('broken'),
  brokenActivity: (start) => start('brokenActivity'),
  family: (start) => start('family', [false]),
  brokenFamily: (start) => start('family', [true]),
  nearby: (start) => start('nearby'),
  labelled: (start) => start('labelled', [], { searchAttributes: { CustomKeyword: ['from-client'] } }),

  cancelled: async (start) => {
    const handle = await start('cleanup');
    await event(handle, TIMER_STARTED);
    await handle.cancel();
    return handle;
  },

  cancelledActivity: async (start) => {
    const handle = await start('patient');
    await eventually(() => handle.describe(), (d) => d.raw.pendingActivities?.some((a) => a.heartbeatDetails));
    await handle.signal('enough');
    return handle;
  },

  gathering: async (start) => {
    const handle = await start('gathering');
    await eventually(() => handle.describe(), (d) => d.raw.pendingActivities?.some((a) => a.heartbeatDetails));
    await handle.signal('ready');
    return handle;
  },

  updated: async (start) => {
    const handle = await start('ledger', [1]);
    await handle.executeUpdate('addAndGet', { args: [5] });
    await handle.executeUpdate('addAndGet', { args: [-1] }).catch(() => {});
    await handle.executeUpdate('addAndGet', { args: [13] }).catch(() => {});
    const slow = await handle.startUpdate('addAndGet', { args: [100], waitForStage: 'ACCEPTED' });
    await handle.signal('add', 1);
    await slow.result();
    await handle.signal('close');
    return handle;
  },

  kitchen: async (start) => {
    const handle = await start('kitchen', ['Ada']);
    // Not by queries: without a cache the native core may drop one that it buffered beside a workflow task.
    await event(handle, ACTIVITY_TASK_CANCELED);
    await eventually(() => handle.describe(), (d) => !d.raw.pendingWorkflowTask);
    await handle.executeUpdate('change', { args: ['at once'] });
    const slow = await handle.startUpdate('change', { args: ['slowly'], waitForStage: 'ACCEPTED' });
    await handle.executeUpdate('change', { args: [''] }).catch(() => {});
    await handle.signal('poke', 'first');
    await slow.result();
    await handle.query('stage');
    await handle.signal('poke', 'second');
    return handle;
  },

  crowd: async (start) => {
    const guests = 12;
    const handle = await start('crowd', [guests]);
    const sent = [];
    for (let guest = 0; guest < guests; guest += 2) {
      sent.push(handle.signal('arrive', `guest ${guest}`), handle.executeUpdate('welcome', { args: [`guest ${guest + 1}`] }));
    }
    await Promise.all(sent);
    return handle;
  },
};

/** Histories of every drive, and of both ends of a chain: [{ name, workflowId, json }]. */
export async function record(environment, start, label, without = []) {
  const recordings = [];
  const keep = async (name, { workflowId }, runId = '') => {
    const answer = await fetch(environment.server.page('/workflow/history.json', { id: workflowId, run: runId }));
    recordings.push({ name: `${label}-${name}`, workflowId, json: await answer.text() });
  };
  for (const [name, drive] of Object.entries(drives).filter(([name]) => !without.includes(name))) {
    const handle = await drive((type, args, options) => start(type, args, { workflowId: `${name}-${randomUUID()}`, ...options }));
    await handle.result().catch(() => {});
    await keep(name, handle);
  }
  const chain = await start('generations', [1]);
  await chain.result();
  await keep('firstGeneration', chain, chain.firstExecutionRunId);
  await keep('lastGeneration', chain);
  return recordings;
}
