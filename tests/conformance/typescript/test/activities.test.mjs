import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Environment, eventually } from '../support/environment.mjs';
import { ActivityCancelledError } from '@temporalio/client';
import { tokens } from '../support/activities.mjs';

let environment;
before(async () => (environment = await Environment.start()));
after(() => environment.stop());

test('activities retry with back-off, and from heartbeat details', () =>
  environment.withWorker(async ({ execute }) =>
    assert.deepEqual(await execute('retries'), { attempts: 3, resumed: 42 })));

test('a delay that the failure asks for counts instead of the policy, which would have retried after 20 ms', () =>
  environment.withWorker(async ({ start }) => {
    const handle = await start('delayedRetry', [2_000]);
    assert.equal(await handle.result(), 2);
    const { events } = await handle.fetchHistory();
    const at = (attributes) => {
      const { seconds, nanos } = events.find((event) => event[attributes]).eventTime;
      return Number(seconds) * 1_000 + nanos / 1_000_000;
    };
    // Of the attempts only the last one leaves an event of its start.
    const gap = at('activityTaskStartedEventAttributes') - at('activityTaskScheduledEventAttributes');
    assert.ok(gap >= 2_000, `the second attempt began ${gap} ms after the first was scheduled`);
  }));

test('a non-retryable failure reaches the workflow with type and details', () =>
  environment.withWorker(async ({ execute }) => {
    const error = await execute('failingActivity').catch((e) => e);
    assert.equal(error.cause.cause.type, 'Fatal');
    assert.deepEqual(error.cause.cause.details, [{ number: 13 }]);
  }));

for (const [name, options, expected] of [
  ['start-to-close', { startToCloseTimeout: 200 }, 'START_TO_CLOSE'],
  ['heartbeat', { startToCloseTimeout: 10_000, heartbeatTimeout: 300 }, 'HEARTBEAT'],
  ['schedule-to-close', { startToCloseTimeout: 10_000, scheduleToCloseTimeout: 300 }, 'SCHEDULE_TO_CLOSE'],
  ['schedule-to-start', { startToCloseTimeout: 1_000, scheduleToStartTimeout: 200, taskQueue: 'nobody-polls-here' }, 'SCHEDULE_TO_START'],
]) {
  test(`the ${name} timeout is enforced and named`, () =>
    environment.withWorker(async ({ execute }) => assert.equal(await execute('timeouts', [options, 2_000]), expected)));
}

test('a cancelled activity learns it from its heartbeat', () =>
  environment.withWorker(async ({ execute }) => assert.equal(await execute('cancelActivity'), 'cancelled')));

test('local activities run and retry inside the worker', () =>
  environment.withWorker(async ({ start }) => {
    const handle = await start('local');
    assert.deepEqual(await handle.result(), ['Hello, local!', 2]);
    const types = (await handle.fetchHistory()).events.map((e) => e.eventType);
    assert.ok(!types.includes(10), 'no activity was scheduled on the server');
  }));

test('a local activity longer than the workflow task timeout keeps its task alive', () =>
  environment.withWorker(async ({ execute }) =>
    assert.equal(await execute('slowLocal', [3_000], { workflowTaskTimeout: '1s' }), 'done')));

test('an activity can be completed from outside', () =>
  environment.withWorker(async ({ start }) => {
    tokens.length = 0;
    const handle = await start('asynchronous');
    await eventually(async () => tokens.length, (n) => n === 1);
    await environment.client.activity.complete(tokens[0], 'from outside');
    assert.equal(await handle.result(), 'from outside');
  }));

test('an activity can fail from outside, addressed by its id', () =>
  environment.withWorker(async ({ start }) => {
    tokens.length = 0;
    const handle = await start('handedOver');
    await eventually(async () => tokens.length, (n) => n === 1);
    const [{ activityId }] = (await handle.describe()).raw.pendingActivities;
    await environment.client.activity.fail({ workflowId: handle.workflowId, activityId }, new TypeError('outside'));
    assert.equal(await handle.result(), 'TypeError: outside');
  }));

test('an activity outside learns of its cancellation by heartbeat and reports it', () =>
  environment.withWorker(async ({ start }) => {
    tokens.length = 0;
    const handle = await start('handedOver');
    await eventually(async () => tokens.length, (n) => n === 1);
    await environment.client.activity.heartbeat(tokens[0], 'half');
    const [{ heartbeatDetails }] = (await handle.describe()).raw.pendingActivities;
    assert.equal(Buffer.from(heartbeatDetails.payloads[0].data).toString(), '"half"');
    await handle.cancel();
    await eventually(
      () => environment.client.activity.heartbeat(tokens[0]).then(() => null, (error) => error),
      (error) => error instanceof ActivityCancelledError);
    await environment.client.activity.reportCancellation(tokens[0], 'stopped');
    assert.equal(await handle.result(), 'cancelled');
  }));
