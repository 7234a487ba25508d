import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { QueryNotRegisteredError, QueryRejectedError, WithStartWorkflowOperation, WorkflowUpdateFailedError } from '@temporalio/client';
import { Environment } from '../support/environment.mjs';

let environment;
before(async () => (environment = await Environment.start()));
after(() => environment.stop());

test('signals arrive in order, also before a worker runs', async () => {
  const taskQueue = environment.taskQueue();
  const handle = await environment.starter(taskQueue).start('counter');
  for (const n of [1, 2, 3]) await handle.signal('add', n);
  await handle.signal('close');
  const worker = await environment.worker(taskQueue);
  await worker.runUntil(async () => assert.equal(await handle.result(), 6));
});

test('queries answer on running and on closed workflows', () =>
  environment.withWorker(async ({ start }) => {
    const handle = await start('counter', [5]);
    assert.equal(await handle.query('total'), 5);
    await handle.signal('add', 2);
    assert.equal(await handle.query('total'), 7);
    await handle.signal('close');
    await handle.result();
    assert.equal(await handle.query('total'), 7);
  }));

test('a query that throws fails, an unknown one is named', () =>
  environment.withWorker(async ({ start }) => {
    const handle = await start('counter');
    await assert.rejects(handle.query('broken'), /no answer/);
    await assert.rejects(handle.query('unheard'), QueryNotRegisteredError);
    await handle.terminate();
  }));

test('queries can be rejected when the workflow is closed', () =>
  environment.withWorker(async ({ start }) => {
    const handle = await start('hello', ['x']);
    await handle.result();
    const strict = new (environment.client.workflow.constructor)({
      connection: environment.connection, queryRejectCondition: 'NOT_OPEN',
    });
    await assert.rejects(strict.getHandle(handle.workflowId).query('__stack_trace'), QueryRejectedError);
  }));

test('queries that arrive while a workflow task is in flight are answered', () =>
  environment.withWorker(async ({ start }) => {
    const handle = await start('counter');
    const answers = [];
    for (let n = 0; n < 30; n++) {
      answers.push(handle.signal('add', 1), handle.query('total'));
    }
    await Promise.all(answers);
    assert.equal(await handle.query('total'), 30);
    await handle.terminate();
  }));

test('updates are validated, answered and deduplicated by id', () =>
  environment.withWorker(async ({ start }) => {
    const handle = await start('counter', [10]);
    assert.equal(await handle.executeUpdate('addAndGet', { args: [5] }), 15);
    await assert.rejects(handle.executeUpdate('addAndGet', { args: [-1] }), WorkflowUpdateFailedError);
    await assert.rejects(handle.executeUpdate('addAndGet', { args: [13] }), /unlucky|Workflow Update failed/);
    const updateId = randomUUID();
    assert.equal(await handle.executeUpdate('addAndGet', { args: [2], updateId }), 30);
    assert.equal(await handle.executeUpdate('addAndGet', { args: [2], updateId }), 30);
    const slow = await handle.startUpdate('addAndGet', { args: [100], waitForStage: 'ACCEPTED' });
    assert.equal(await slow.result(), 130);
    await handle.signal('close');
    assert.equal(await handle.result(), 130);
  }));

test('a rejected update leaves no event', () =>
  environment.withWorker(async ({ start }) => {
    const handle = await start('counter');
    await handle.query('total');
    const before = (await handle.fetchHistory()).events.length;
    await assert.rejects(handle.executeUpdate('addAndGet', { args: [-1] }));
    assert.equal((await handle.fetchHistory()).events.length, before);
    assert.equal(await handle.executeUpdate('addAndGet', { args: [1] }), 1);
    await handle.terminate();
  }));

test('an update of a closed workflow is not found', () =>
  environment.withWorker(async ({ start }) => {
    const handle = await start('hello', ['x']);
    await handle.result();
    await assert.rejects(handle.executeUpdate('addAndGet', { args: [1] }), /completed|not found/i);
  }));

test('update-with-start starts the workflow and updates a running one', () =>
  environment.withWorker(async (_, taskQueue) => {
    const workflowId = randomUUID();
    const operation = () => new WithStartWorkflowOperation('counter', {
      taskQueue, workflowId, args: [1], workflowIdConflictPolicy: 'USE_EXISTING',
    });
    const update = (n) => environment.client.workflow.executeUpdateWithStart('addAndGet', {
      args: [n], startWorkflowOperation: operation(),
    });
    assert.equal(await update(1), 2);
    assert.equal(await update(1), 3);
    await environment.client.workflow.getHandle(workflowId).terminate();
  }));

test('workflows signal and cancel one another', () =>
  environment.withWorker(async ({ start, execute }) => {
    const target = await start('counter');
    await execute('signalOther', [target.workflowId, 9]);
    assert.equal(await target.query('total'), 9);
    await execute('cancelOther', [target.workflowId]);
    await assert.rejects(target.result());
    assert.equal((await target.describe()).status.name, 'CANCELLED');
    assert.match(await execute('signalNobody'), /not found|Unable to signal/i);
  }));
