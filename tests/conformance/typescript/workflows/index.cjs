const wf = require('@temporalio/workflow');

const { greet, failUntil, failForGood, failWithDelay, resumeFromHeartbeat, completeLater } = wf.proxyActivities({
  startToCloseTimeout: '10s',
  retry: { initialInterval: '20ms', backoffCoefficient: 1 },
});

exports.hello = async (name) => greet(name);

exports.failing = async () => {
  throw wf.ApplicationFailure.nonRetryable('broken on purpose', 'Broken', { detail: 7 });
};

exports.forever = async () => wf.condition(() => false);

exports.sleeper = async (milliseconds) => {
  await wf.sleep(milliseconds);
  return 'awake';
};

const add = wf.defineSignal('add');
const close = wf.defineSignal('close');
const total = wf.defineQuery('total');
const brokenQuery = wf.defineQuery('broken');
const addUpdate = wf.defineUpdate('addAndGet');

exports.counter = async (start = 0) => {
  let value = start;
  let closed = false;
  wf.setHandler(add, (n) => void (value += n));
  wf.setHandler(close, () => void (closed = true));
  wf.setHandler(total, () => value);
  wf.setHandler(brokenQuery, () => {
    throw new Error('no answer');
  });
  wf.setHandler(addUpdate, async (n) => {
    value += n;
    if (n === 13) throw wf.ApplicationFailure.nonRetryable('unlucky');
    if (n > 50) await wf.sleep(50);
    return value;
  }, {
    validator: (n) => {
      if (n < 0) throw new Error('negative');
    },
  });
  await wf.condition(() => closed && wf.allHandlersFinished());
  return value;
};

exports.timers = async () => {
  const fired = [];
  const never = new wf.CancellationScope();
  const cancelled = never.run(() => wf.sleep('1 hour')).catch((error) => void fired.push(error.name));
  await Promise.all([3, 1, 2].map(async (n) => {
    await wf.sleep(n * 50);
    fired.push(n);
  }));
  never.cancel();
  await cancelled;
  return fired;
};

exports.retries = async () => ({
  attempts: await failUntil(3),
  resumed: await resumeFromHeartbeat(),
});

exports.delayedRetry = async (milliseconds) => failWithDelay(milliseconds);

exports.failingActivity = async () => failForGood();

exports.timeouts = async (options, milliseconds) => {
  const { sleepWithoutHeartbeat } = wf.proxyActivities({ retry: { maximumAttempts: 1 }, ...options });
  try {
    await sleepWithoutHeartbeat(milliseconds);
    return 'finished';
  } catch (error) {
    return error.cause.timeoutType;
  }
};

exports.cancelActivity = async () => {
  const { heartbeatUntilCancelled } = wf.proxyActivities({
    startToCloseTimeout: '30s',
    heartbeatTimeout: '2s',
    cancellationType: 'WAIT_CANCELLATION_COMPLETED',
  });
  const scope = new wf.CancellationScope();
  const running = scope.run(() => heartbeatUntilCancelled());
  await wf.sleep(300);
  scope.cancel();
  try {
    await running;
    return 'completed';
  } catch (error) {
    return wf.isCancellation(error) ? 'cancelled' : String(error);
  }
};

exports.local = async () => {
  const local = wf.proxyLocalActivities({
    startToCloseTimeout: '5s',
    retry: { initialInterval: '10ms', backoffCoefficient: 1 },
  });
  return [await local.greet('local'), await local.failUntil(2)];
};

exports.slowLocal = async (milliseconds) => {
  const { sleepWithoutHeartbeat } = wf.proxyLocalActivities({ startToCloseTimeout: '60s' });
  await sleepWithoutHeartbeat(milliseconds);
  return 'done';
};

exports.asynchronous = async () => completeLater();

exports.handedOver = async () => {
  const { completeLater: hand } = wf.proxyActivities({
    startToCloseTimeout: '10s', heartbeatTimeout: '5s', cancellationType: 'WAIT_CANCELLATION_COMPLETED', retry: { maximumAttempts: 1 },
  });
  try {
    return await hand();
  } catch (error) {
    return wf.isCancellation(error) ? 'cancelled' : `${error.cause.type}: ${error.cause.message}`;
  }
};

exports.chain = async () => {
  await wf.sleep(100);
  return wf.continueAsNew();
};

exports.interrupted = async () => {
  const { interruptible } = wf.proxyActivities({ startToCloseTimeout: '30s', heartbeatTimeout: '10s', retry: { initialInterval: '20ms' } });
  return interruptible();
};

exports.parent = async (childType, args, policy) => {
  const child = await wf.startChild(childType, { args, parentClosePolicy: policy });
  if (policy) return child.workflowId;
  return child.result();
};

exports.parentOfSameId = async (id) => {
  await wf.startChild('sleeper', { args: [5_000], workflowId: id, parentClosePolicy: 'TERMINATE' });
  try {
    await wf.startChild('sleeper', { args: [1], workflowId: id });
    return 'started twice';
  } catch (error) {
    return error.name;
  }
};

exports.failingChild = async () => {
  try {
    await wf.executeChild('failing');
    return 'no failure';
  } catch (error) {
    return error.cause.message;
  }
};

exports.signalOther = async (id, n) => {
  await wf.getExternalWorkflowHandle(id).signal(add, n);
};

exports.cancelOther = async (id) => {
  await wf.getExternalWorkflowHandle(id).cancel();
};

exports.signalNobody = async () => {
  try {
    await wf.getExternalWorkflowHandle('does-not-exist').signal(add, 1);
    return 'delivered';
  } catch (error) {
    return error.message;
  }
};

exports.patched = async () => {
  const first = wf.patched('first-change') ? await greet('new') : 'old';
  wf.deprecatePatch('second-change');
  await wf.sleep(10);
  return first;
};

exports.attributes = async () => {
  wf.upsertSearchAttributes({ CustomKeyword: ['from-workflow'], CustomInt: [7] });
  wf.upsertMemo({ note: 'written by the workflow' });
  await wf.sleep(10);
  return wf.workflowInfo().searchAttributes.CustomKeyword;
};

exports.random = async () => [wf.uuid4(), Math.random(), Date.now() > 0];

exports.echo = async (value) => value.length;

exports.cancellable = async () => {
  try {
    await wf.sleep('1 hour');
  } catch (error) {
    if (wf.isCancellation(error)) await wf.CancellationScope.nonCancellable(() => greet('cleanup'));
    throw error;
  }
};

exports.stepByStep = async (steps) => {
  for (let step = 0; step < steps; step++) await greet(String(step));
  return steps;
};

exports.durable = async () => {
  const { step, handOver } = wf.proxyActivities({
    startToCloseTimeout: '5s',
    retry: { initialInterval: '50ms', backoffCoefficient: 1 },
  });
  let sum = 0;
  let closed = false;
  wf.setHandler(add, (n) => void (sum += n));
  wf.setHandler(close, () => void (closed = true));
  await step();
  const handedOver = await handOver();
  await wf.sleep(10);
  await step();
  await wf.condition(() => closed);
  return { total: sum, handedOver };
};

Object.assign(exports, require('./twins.cjs'));
