// Twins of the C# workflows in ../../csharp/Workflows, command for command.
const wf = require('@temporalio/workflow');

const { greet, failForGood } = wf.proxyActivities({ startToCloseTimeout: '10s' });
const local = wf.proxyLocalActivities({ startToCloseTimeout: '10s' });
const { heartbeatUntilCancelled } = wf.proxyActivities({
  startToCloseTimeout: '10s',
  heartbeatTimeout: '5s',
  cancellationType: 'WAIT_CANCELLATION_COMPLETED',
});

const unlucky = (message, type, number) => wf.ApplicationFailure.nonRetryable(message, type, { number });

async function swallow(promise) {
  try {
    await promise;
  } catch (error) {
    if (!wf.isCancellation(error)) throw error;
  }
}

exports.greeting = async (name) => greet(name);

exports.ledger = async (start) => {
  let total = start;
  let closed = false;
  wf.setHandler(wf.defineSignal('add'), (amount) => void (total += amount));
  wf.setHandler(wf.defineSignal('close'), () => void (closed = true));
  wf.setHandler(wf.defineQuery('total'), () => total);
  wf.setHandler(wf.defineQuery('brokenQuery'), () => {
    throw new Error('no answer');
  });
  wf.setHandler(wf.defineUpdate('addAndGet'), async (amount) => {
    if (amount === 13) throw unlucky('unlucky', 'Unlucky', 13);
    if (amount > 50) await wf.sleep(20);
    total += amount;
    return total;
  }, {
    validator: (amount) => {
      if (amount < 0) throw new Error('negative');
    },
  });
  await wf.condition(() => closed && wf.allHandlersFinished());
  return total;
};

exports.broken = async () => {
  throw unlucky('broken on purpose', 'Broken', 7);
};

exports.brokenActivity = async () => failForGood();

exports.cleanup = async () => {
  try {
    await wf.sleep('1 hour');
  } catch (error) {
    if (wf.isCancellation(error)) await wf.CancellationScope.nonCancellable(() => greet('cleanup'));
    throw error;
  }
};

exports.patient = async () => {
  let enough = false;
  wf.setHandler(wf.defineSignal('enough'), () => void (enough = true));
  const scope = new wf.CancellationScope();
  const running = scope.run(() => heartbeatUntilCancelled());
  running.catch(() => {});
  await wf.condition(() => enough);
  scope.cancel();
  try {
    await running;
    return 'completed';
  } catch (error) {
    if (wf.isCancellation(error)) return 'cancelled';
    throw error;
  }
};

exports.labelled = async () => {
  const [before] = wf.workflowInfo().searchAttributes.CustomKeyword;
  wf.upsertSearchAttributes({ CustomKeyword: ['from-workflow'], CustomInt: [7] });
  wf.upsertMemo({ note: 'written by the workflow' });
  await wf.sleep(10);
  return before;
};

exports.family = async (withTrouble) => {
  const id = wf.workflowInfo().workflowId;
  if (withTrouble) await wf.executeChild('broken', { workflowId: `${id}/broken` });
  const ledger = await wf.startChild('ledger', { args: [1], workflowId: `${id}/ledger` });
  await ledger.signal('add', 2);
  await ledger.signal('close');
  const total = await ledger.result();
  try {
    await wf.getExternalWorkflowHandle(`${id}/nobody`).signal('close');
    return 'a signal reached nobody';
  } catch {
    return `child counted ${total}`;
  }
};

exports.generations = async (left) => {
  await wf.sleep(1);
  if (left > 0) return wf.continueAsNew(left - 1);
  return wf.workflowInfo().continuedFromExecutionRunId ? 'continued' : 'first';
};

exports.kitchen = async (name) => {
  const log = [];
  let pokes = 0;
  let stage = 'new';
  wf.setHandler(wf.defineQuery('stage'), () => stage);
  wf.setHandler(wf.defineSignal('poke'), (text) => {
    pokes++;
    log.push(text);
  });
  wf.setHandler(wf.defineUpdate('change'), async (text) => {
    if (text === 'slowly') {
      await wf.sleep(10);
      await wf.condition(() => pokes >= 1);
    }
    log.push(text);
    return `changed ${text}`;
  }, {
    validator: (text) => {
      if (!text) throw new Error('empty');
    },
  });
  log.push(await greet(name));
  if (wf.patched('second-greeting')) log.push(await greet('again'));
  await wf.sleep(20);
  if (wf.patched('second-timer')) await wf.sleep(5);
  wf.deprecatePatch('long-gone');
  wf.upsertSearchAttributes({ CustomKeyword: ['kitchen'] });
  wf.upsertMemo({ note: 'kitchen' });
  log.push(await wf.executeChild('greeting', { args: ['child'], workflowId: `${wf.workflowInfo().workflowId}/child` }));
  // What is drawn differs between the languages and goes where no replay compares: into an input.
  await greet(`${wf.uuid4()} ${Math.floor(Math.random() * 100)} ${new Date().toISOString()}`);
  const [first, second] = [new wf.CancellationScope(), new wf.CancellationScope()];
  const activity = first.run(() => heartbeatUntilCancelled());
  const timer = second.run(() => wf.sleep('1 hour'));
  for (const promise of [activity, timer]) promise.catch(() => {});
  await wf.sleep(20);
  first.cancel();
  second.cancel();
  await swallow(timer);
  await swallow(activity);
  stage = 'waiting';
  await wf.condition(() => pokes >= 2 && wf.allHandlersFinished());
  return log.join(' ');
};

exports.crowd = async (guests) => {
  const log = [];
  let arrived = 0;
  wf.setHandler(wf.defineSignal('arrive'), async (guest) => {
    log.push(await greet(guest));
    arrived++;
  });
  wf.setHandler(wf.defineUpdate('welcome'), async (guest) => {
    await wf.sleep(2);
    log.push(await greet(guest));
    return ++arrived;
  });
  for (let n = 0; n < 3; n++) {
    log.push(await greet(`step ${n}`));
    await wf.sleep(5);
  }
  await wf.condition(() => arrived === guests && wf.allHandlersFinished());
  return log.join(' ');
};

exports.nearby = async () => {
  const log = [await local.greet('alone')];
  log.push(...await Promise.all(['one', 'two', 'three'].map((name) => local.greet(name))));
  if (wf.patched('rest')) await wf.sleep(5);
  log.push(await local.greet('after'));
  return log.join(' ');
};

exports.gathering = async () => {
  let ready = false;
  wf.setHandler(wf.defineSignal('ready'), () => void (ready = true));
  // A token of C# tells its registrations in reverse order, a scope tells its own in order: so, one scope for each, from last to first.
  const scopes = Array.from({ length: 4 }, () => new wf.CancellationScope());
  const [first, second, third, fourth] = scopes;
  const tasks = [
    first.run(() => wf.sleep('1 hour')),
    second.run(() => heartbeatUntilCancelled()),
    third.run(() => wf.sleep('2 hours')),
    fourth.run(() => wf.executeChild('ledger', { args: [0], workflowId: `${wf.workflowInfo().workflowId}/child` })),
  ];
  for (const task of tasks) task.catch(() => {});
  await wf.condition(() => ready);
  for (const scope of scopes.reverse()) scope.cancel();
  for (const task of tasks) await swallow(task);
  await greet('after');
};
