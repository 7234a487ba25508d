// Histories of C# workflows replay under the native core with their TypeScript twins, and the reverse; with a cache and without.
import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { Worker } from '@temporalio/worker';
import { Environment } from '../support/environment.mjs';
import { csharp, withCSharpWorker } from '../support/polyglot.mjs';
import { record } from '../support/recordings.mjs';

let environment;
let folder;
before(async () => {
  environment = await Environment.start(
    ['--search-attribute', 'CustomKeyword=Keyword', '--search-attribute', 'CustomInt=Int'], { withUi: true });
  folder = process.env.KEEP_HISTORIES ?? await mkdtemp(join(tmpdir(), 'histories-'));
});
after(async () => {
  await environment.stop();
  if (!process.env.KEEP_HISTORIES) await rm(folder, { recursive: true });
});

const recorders = {
  'C#': (taskQueue, cached, body) => withCSharpWorker(environment.server.address, taskQueue, cached, body),
  TypeScript: async (taskQueue, maxCachedWorkflows, body) =>
    (await environment.worker(taskQueue, { maxCachedWorkflows })).runUntil(body),
};

for (const [language, withWorker] of Object.entries(recorders)) {
  for (const cached of [100, 0]) {
    test(`histories of ${language} workflows, ${cached ? 'cached' : 'uncached'}, replay in TypeScript`, async (t) => {
      const taskQueue = environment.taskQueue();
      const label = `${language === 'C#' ? 'csharp' : 'typescript'}-${cached}`;
      // Without a cache the native core of 1.24.0 can lose the markers of local activities (sdk-rust pull request 1482).
      const without = language === 'TypeScript' && cached === 0 ? ['nearby'] : [];
      const recordings = await withWorker(taskQueue, cached, () =>
        record(environment, environment.starter(taskQueue).start, label, without));
      await Promise.all(recordings.map(({ name, workflowId, json }) => writeFile(join(folder, `${name}@${workflowId}.json`), json)));
      const outcomes = Worker.runReplayHistories(
        { workflowBundle: environment.bundle }, recordings.map(({ workflowId, json }) => ({ workflowId, history: JSON.parse(json) })));
      const rest = [...recordings];
      for await (const { workflowId, error } of outcomes) {
        const { name, workflowId: expected } = rest.shift();
        await t.test(name, () => assert.deepEqual([workflowId, error], [expected, undefined]));
      }
      assert.deepEqual(rest, []);
    });
  }
}

test('all of them replay in C#', async (t) => {
  const outcomes = await csharp('replay', folder);
  assert.equal(outcomes.length, 4 * 15 - 1);
  for (const { name, ok, why } of outcomes) await t.test(name, () => assert.ok(ok, why));
});
