// A C# worker serves a TypeScript client, and a TypeScript worker a C# client.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import {
  CancelledFailure, QueryNotRegisteredError, TerminatedFailure, WithStartWorkflowOperation, WorkflowFailedError, WorkflowUpdateFailedError,
} from '@temporalio/client';
import { Environment, eventTypes, eventually } from '../support/environment.mjs';
import { csharp, withCSharpWorker } from '../support/polyglot.mjs';

const ACTIVITY_TASK_COMPLETED = 12;
const ACTIVITY_TASK_CANCELED = 16;

let environment;
before(async () => {
  environment = await Environment.start(['--search-attribute', 'CustomKeyword=Keyword', '--search-attribute', 'CustomInt=Int']);
});
after(() => environment.stop());

test('a C# worker serves a TypeScript client', async (t) => {
  const taskQueue = environment.taskQueue();
  const { start, execute } = environment.starter(taskQueue);
  const failureOf = async (type, args) => {
    const error = await execute(type, args).catch((e) => e);
    assert.ok(error instanceof WorkflowFailedError, String(error));
    return error.cause;
  };
  await withCSharpWorker(environment.server.address, taskQueue, 100, async () => {
    await t.test('a workflow returns its result', async () => assert.equal(await execute('greeting', ['Ada']), 'Hello, Ada!'));

    await t.test('a failure keeps type, message and details', async () => {
      const failure = await failureOf('broken');
      assert.deepEqual(
        [failure.type, failure.message, failure.nonRetryable, failure.details], ['Broken', 'broken on purpose', true, [{ number: 7 }]]);
    });

    await t.test("the failure of an activity arrives inside the workflow's", async () => {
      const failure = await failureOf('brokenActivity');
      assert.deepEqual([failure.activityType, failure.retryState], ['failForGood', 'NON_RETRYABLE_FAILURE']);
      assert.deepEqual([failure.cause.type, failure.cause.details], ['Fatal', [{ number: 13 }]]);
    });

    await t.test("the failure of a child arrives inside the parent's", async () => {
      const failure = await failureOf('family', [true]);
      assert.deepEqual([failure.workflowType, failure.cause.type], ['broken', 'Broken']);
    });

    await t.test('a child counts what its parent signals', async () =>
      assert.equal(await execute('family', [false]), 'child counted 3'));

    await t.test('a cancelled workflow cleans up', async () => {
      const handle = await start('cleanup');
      await eventually(() => handle.describe(), (d) => d.historyLength >= 5);
      await handle.cancel();
      const error = await handle.result().catch((e) => e);
      assert.ok(error.cause instanceof CancelledFailure, String(error));
      assert.equal((await handle.describe()).status.name, 'CANCELLED');
      assert.ok(eventTypes(await handle.fetchHistory()).includes(ACTIVITY_TASK_COMPLETED));
    });

    await t.test('a terminated workflow says so', async () => {
      const handle = await start('ledger', [0]);
      await handle.terminate('enough');
      const error = await handle.result().catch((e) => e);
      assert.ok(error.cause instanceof TerminatedFailure);
    });

    await t.test('a result is followed through continue-as-new', async () =>
      assert.equal(await execute('generations', [2]), 'continued'));

    await t.test('a cancelled activity learns it from its heartbeat', async () => {
      const handle = await start('patient');
      await eventually(() => handle.describe(), (d) => d.raw.pendingActivities?.some((a) => a.heartbeatDetails));
      await handle.signal('enough');
      assert.equal(await handle.result(), 'cancelled');
      assert.ok(eventTypes(await handle.fetchHistory()).includes(ACTIVITY_TASK_CANCELED));
    });

    await t.test('search attributes and memo are read on both sides', async () => {
      const handle = await start('labelled', [], { memo: { owner: 'team' }, searchAttributes: { CustomKeyword: ['from-client'] } });
      assert.equal(await handle.result(), 'from-client');
      const { memo, searchAttributes } = await handle.describe();
      assert.deepEqual(memo, { owner: 'team', note: 'written by the workflow' });
      assert.deepEqual([searchAttributes.CustomKeyword, searchAttributes.CustomInt], [['from-workflow'], [7]]);
    });

    await t.test('signals and queries arrive', async () => {
      const handle = await start('ledger', [1]);
      assert.equal(await handle.query('total'), 1);
      await handle.signal('add', 2);
      await handle.signal('add', 3);
      assert.equal(await handle.query('total'), 6);
      await handle.signal('close');
      assert.equal(await handle.result(), 6);
      assert.equal(await handle.query('total'), 6, 'closed workflows answer too');
    });

    await t.test('a start with a signal delivers both', async () => {
      const handle = await environment.client.workflow.signalWithStart(
        'ledger', { taskQueue, workflowId: randomUUID(), args: [1], signal: 'add', signalArgs: [4] });
      await handle.signal('close');
      assert.equal(await handle.result(), 5);
    });

    await t.test('a query that fails says why, an unknown one is named', async () => {
      const handle = await start('ledger', [1]);
      await assert.rejects(handle.query('brokenQuery'), /no answer/);
      await assert.rejects(handle.query('unheard'), (e) => e instanceof QueryNotRegisteredError && /unheard/.test(e.message));
      await handle.terminate();
    });

    await t.test('updates answer, are rejected, and fail', async () => {
      const handle = await start('ledger', [10]);
      assert.equal(await handle.executeUpdate('addAndGet', { args: [5] }), 15);
      const { length } = (await handle.fetchHistory()).events;
      const rejection = await handle.executeUpdate('addAndGet', { args: [-1] }).catch((e) => e);
      assert.ok(rejection instanceof WorkflowUpdateFailedError);
      assert.equal(rejection.cause.message, 'negative');
      assert.equal((await handle.fetchHistory()).events.length, length);
      const failure = await handle.executeUpdate('addAndGet', { args: [13] }).catch((e) => e);
      assert.deepEqual([failure.cause.type, failure.cause.details], ['Unlucky', [{ number: 13 }]]);
      const slow = await handle.startUpdate('addAndGet', { args: [100], waitForStage: 'ACCEPTED' });
      assert.equal(await slow.result(), 115);
      await handle.signal('close');
      assert.equal(await handle.result(), 115);
    });

    await t.test('an update starts what it updates', async () => {
      const workflowId = randomUUID();
      for (const expected of [2, 3]) {
        assert.equal(await environment.client.workflow.executeUpdateWithStart('addAndGet', {
          args: [1],
          startWorkflowOperation: new WithStartWorkflowOperation(
            'ledger', { taskQueue, workflowId, args: [1], workflowIdConflictPolicy: 'USE_EXISTING' }),
        }), expected);
      }
      await environment.client.workflow.getHandle(workflowId).terminate();
    });
  });
});

test('a TypeScript worker serves a C# client', async (t) => {
  const taskQueue = environment.taskQueue();
  const worker = await environment.worker(taskQueue);
  const outcomes = await worker.runUntil(() => csharp('client', environment.server.address, taskQueue));
  assert.ok(outcomes.length >= 20, `${outcomes.length} scenarios ran`);
  for (const { name, ok, why } of outcomes) await t.test(name, () => assert.ok(ok, why));
});
