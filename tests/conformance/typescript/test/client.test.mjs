import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import {
  WorkflowExecutionAlreadyStartedError, WorkflowFailedError, WorkflowNotFoundError, CancelledFailure, TerminatedFailure,
} from '@temporalio/client';
import { Environment, eventTypes, eventually } from '../support/environment.mjs';

let environment;
before(async () => {
  environment = await Environment.start([
    '--search-attribute', 'CustomKeyword=Keyword', '--search-attribute', 'CustomInt=Int', '--search-attribute', 'CustomText=Text',
  ]);
});
after(() => environment.stop());

test('a workflow returns its result', () =>
  environment.withWorker(async ({ execute }) => assert.equal(await execute('hello', ['Ada']), 'Hello, Ada!')));

test('a failed workflow reports type, message and details', () =>
  environment.withWorker(async ({ execute }) => {
    const error = await execute('failing').catch((e) => e);
    assert.ok(error instanceof WorkflowFailedError);
    assert.equal(error.cause.message, 'broken on purpose');
    assert.equal(error.cause.type, 'Broken');
    assert.deepEqual(error.cause.details, [{ detail: 7 }]);
  }));

test('cancel lets the workflow clean up and closes it as cancelled', () =>
  environment.withWorker(async ({ start }) => {
    const handle = await start('cancellable');
    await eventually(() => handle.describe(), (d) => d.historyLength > 4);
    await handle.cancel();
    const error = await handle.result().catch((e) => e);
    assert.ok(error.cause instanceof CancelledFailure, String(error));
    assert.equal((await handle.describe()).status.name, 'CANCELLED');
    assert.ok(eventTypes(await handle.fetchHistory()).length > 10);
  }));

test('terminate closes at once with its reason', () =>
  environment.withWorker(async ({ start }) => {
    const handle = await start('forever');
    await handle.terminate('enough');
    const error = await handle.result().catch((e) => e);
    assert.ok(error.cause instanceof TerminatedFailure, String(error));
    assert.equal(error.cause.message, 'enough');
  }));

test('an unknown workflow is not found', () =>
  assert.rejects(environment.client.workflow.getHandle('nobody').describe(), WorkflowNotFoundError));

test('a second start of an open id is refused, and USE_EXISTING returns the run', () =>
  environment.withWorker(async ({ start }, taskQueue) => {
    const workflowId = randomUUID();
    const handle = await start('forever', [], { workflowId });
    await assert.rejects(start('forever', [], { workflowId }), WorkflowExecutionAlreadyStartedError);
    const again = await start('forever', [], { workflowId, workflowIdConflictPolicy: 'USE_EXISTING' });
    assert.equal(again.firstExecutionRunId, handle.firstExecutionRunId);
    const replaced = await start('forever', [], { workflowId, workflowIdConflictPolicy: 'TERMINATE_EXISTING', taskQueue });
    assert.notEqual(replaced.firstExecutionRunId, handle.firstExecutionRunId);
    await replaced.terminate();
  }));

test('reuse policies decide what a closed id allows', () =>
  environment.withWorker(async ({ start, execute }) => {
    const workflowId = randomUUID();
    await execute('hello', ['x'], { workflowId });
    await assert.rejects(
      start('hello', ['x'], { workflowId, workflowIdReusePolicy: 'REJECT_DUPLICATE' }), WorkflowExecutionAlreadyStartedError);
    await assert.rejects(
      start('hello', ['x'], { workflowId, workflowIdReusePolicy: 'ALLOW_DUPLICATE_FAILED_ONLY' }), WorkflowExecutionAlreadyStartedError);
    assert.equal(await execute('hello', ['again'], { workflowId }), 'Hello, again!');
  }));

test('signal-with-start starts once and delivers every signal', () =>
  environment.withWorker(async (_, taskQueue) => {
    const options = { taskQueue, workflowId: randomUUID(), args: [1], signal: 'add', signalArgs: [2] };
    const first = await environment.client.workflow.signalWithStart('counter', options);
    await environment.client.workflow.signalWithStart('counter', options);
    await first.signal('close');
    assert.equal(await first.result(), 5);
  }));

test('describe shows memo, search attributes and pending activities', () =>
  environment.withWorker(async ({ start }, taskQueue) => {
    const handle = await start('cancelActivity', [], {
      memo: { owner: 'team' }, searchAttributes: { CustomKeyword: ['k1'] },
    });
    const description = await eventually(() => handle.describe(), (d) => (d.raw.pendingActivities ?? []).length > 0);
    assert.deepEqual(description.memo, { owner: 'team' });
    assert.deepEqual(description.searchAttributes.CustomKeyword, ['k1']);
    assert.equal(description.taskQueue, taskQueue);
    assert.equal(description.raw.pendingActivities[0].activityType.name, 'heartbeatUntilCancelled');
    assert.equal(await handle.result(), 'cancelled');
  }));

test('list and count filter by type, status and custom attributes', () =>
  environment.withWorker(async ({ execute }) => {
    const tag = randomUUID();
    for (let n = 0; n < 3; n++) {
      await execute('hello', ['x'], { searchAttributes: { CustomKeyword: [tag], CustomInt: [n], CustomText: ['some words here'] } });
    }
    const matches = async (query) => {
      const found = [];
      for await (const execution of environment.client.workflow.list({ query })) found.push(execution);
      return found;
    };
    assert.equal((await matches(`CustomKeyword = '${tag}'`)).length, 3);
    assert.equal((await matches(`CustomKeyword = "${tag}" AND CustomInt >= 1 AND ExecutionStatus = 'Completed'`)).length, 2);
    assert.equal((await matches(`CustomKeyword = '${tag}' AND CustomInt IN (0, 2)`)).length, 2);
    assert.equal((await matches(`CustomKeyword = '${tag}' AND CustomText = 'words'`)).length, 3);
    assert.equal((await matches(`CustomKeyword STARTS_WITH '${tag.slice(0, 8)}' AND NOT CustomInt = 1`)).length, 2);
    assert.equal((await environment.client.workflow.count(`CustomKeyword = '${tag}' AND WorkflowType = 'hello'`)).count, 3);
    const grouped = await environment.client.workflow.count(`CustomKeyword = '${tag}' GROUP BY ExecutionStatus`);
    assert.deepEqual(grouped.groups.map((g) => [g.groupValues.flat()[0], Number(g.count)]), [['Completed', 3]]);
    await assert.rejects(matches('NoSuchAttribute = 1'));
  }));

test('a workflow upserts search attributes and memo', () =>
  environment.withWorker(async ({ start }) => {
    const handle = await start('attributes');
    assert.deepEqual(await handle.result(), ['from-workflow']);
    const description = await handle.describe();
    assert.deepEqual(description.searchAttributes.CustomInt, [7]);
    assert.equal(description.memo.note, 'written by the workflow');
  }));

test('starting with an unknown search attribute is refused', () =>
  environment.withWorker(({ start }) =>
    assert.rejects(start('hello', ['x'], { searchAttributes: { Unheard: ['x'] } }))));

test('run timeout closes a workflow as timed out', () =>
  environment.withWorker(async ({ start }) => {
    const handle = await start('forever', [], { workflowRunTimeout: '500ms' });
    const error = await handle.result().catch((e) => e);
    assert.equal(error.cause.timeoutType, 'START_TO_CLOSE');
    assert.equal((await handle.describe()).status.name, 'TIMED_OUT');
  }));

test('a payload of a megabyte and a half passes, one beyond the limit is refused', () =>
  environment.withWorker(async ({ execute, start }) => {
    assert.equal(await execute('echo', ['x'.repeat(1_500_000)]), 1_500_000);
    await assert.rejects(start('echo', ['x'.repeat(2_200_000)]));
  }));

test('a start with a delay runs later', () =>
  environment.withWorker(async ({ execute }) => {
    const begin = Date.now();
    await execute('hello', ['late'], { startDelay: '700ms' });
    assert.ok(Date.now() - begin >= 650);
  }));

test('the execution timeout ends a chain of runs', () =>
  environment.withWorker(async ({ start }) => {
    const handle = await start('chain', [], { workflowExecutionTimeout: '3s' });
    const error = await handle.result().catch((e) => e);
    assert.equal(error.cause.timeoutType, 'START_TO_CLOSE');
    const description = await environment.client.workflow.getHandle(handle.workflowId).describe();
    assert.equal(description.status.name, 'TIMED_OUT');
    assert.notEqual(description.runId, handle.firstExecutionRunId);
  }));

test('reuse after failure is allowed where it is asked for', () =>
  environment.withWorker(async ({ start, execute }) => {
    const workflowId = randomUUID();
    await assert.rejects(execute('failing', [], { workflowId }), WorkflowFailedError);
    assert.equal(
      await execute('hello', ['again'], { workflowId, workflowIdReusePolicy: 'ALLOW_DUPLICATE_FAILED_ONLY' }), 'Hello, again!');
    await assert.rejects(
      start('hello', ['x'], { workflowId, workflowIdReusePolicy: 'ALLOW_DUPLICATE_FAILED_ONLY' }), WorkflowExecutionAlreadyStartedError);
  }));
