import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import { chromium } from 'playwright-core';
import { weakContrasts } from '../support/contrast.mjs';
import { Exhibition, replay } from '../support/exhibition.mjs';

const markup = `<img src=x onerror="document.title='owned'"><script>document.title='owned'</script>`;
const exhibit = `exhibit/${markup}`;

let exhibition;
let browser;
let page;
let requests;
let complaints;

before(async () => {
  browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] });
  exhibition = await Exhibition.open();
});
after(async () => {
  await browser?.close();
  await exhibition?.close();
});

beforeEach(() => open());
afterEach(async (t) => {
  if (process.env.SCREENSHOTS && page) {
    await page.screenshot({ path: join(process.env.SCREENSHOTS, `${t.name.replace(/\W+/g, '-')}.png`), fullPage: true });
  }
  await page.context().close();
  assert.deepEqual(requests.filter((url) => !url.startsWith(exhibition.address) && !url.startsWith('data:')), [], 'nothing is asked of others');
  assert.deepEqual(complaints, [], 'the console stays empty');
});

async function open(options = {}) {
  await page?.context().close();
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  page = await context.newPage();
  [requests, complaints] = [[], []];
  page.on('request', (request) => requests.push(request.url()));
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(String(error)));
}

const visit = (path = '/') => page.goto(exhibition.address + path);
const workflow = (id, more = '') => visit(`/workflow?id=${encodeURIComponent(id)}${more}`);

/** The browser complains of every page that is an error. */
const refusalsAreExpected = () => (complaints = complaints.filter((text) => !/status of (400|404)/.test(text)));

/** The exhibit, once its activity has failed a few times. */
async function stumbled() {
  for (;;) {
    await workflow(exhibit);
    const attempt = await page.locator('#pending td[data-name=Attempt]').textContent({ timeout: 5_000 }).catch(() => '0');
    if (Number(attempt) >= 3 && await page.locator('#current-details').count()) return;
  }
}

test('the list shows workflows with status, type, search attributes and times', async () => {
  await visit();
  await stumbled();
  await visit();
  const row = page.locator('#workflows tbody tr', { hasText: 'exhibit/' });
  for (const text of ['Running', 'exhibit', 'CustomKeyword exhibit', 'CustomInt 42']) {
    assert.match(await row.innerText(), new RegExp(text));
  }
  assert.equal(await page.locator('#workflows tbody tr', { hasText: 'Terminated' }).count(), 1);
  assert.match(await page.locator('main').innerText(), /\d+ workflows/);
});

test('the filter narrows the list, keeps what was typed, and tells what is wrong with it', async () => {
  await visit();
  const box = page.getByRole('searchbox', { name: 'Filter' });
  await box.fill("WorkflowType = 'greeting'");
  await box.press('Enter');
  assert.equal(await page.locator('#workflows tbody tr').count(), 1);
  assert.equal(await box.inputValue(), "WorkflowType = 'greeting'");
  await page.getByRole('link', { name: 'show all' }).click();
  assert.ok(await page.locator('#workflows tbody tr').count() > 3);
  await page.getByRole('link', { name: 'failed', exact: true }).click();
  assert.deepEqual([...new Set(await page.locator('#workflows .status').allInnerTexts())].map((s) => s.slice(2)), ['Failed']);
  await box.fill('WorkflowType = 5 AND');
  await box.press('Enter');
  assert.ok((await page.getByRole('alert').innerText()).length > 10);
  assert.equal(await box.inputValue(), 'WorkflowType = 5 AND');
  await box.fill(`WorkflowId = "${'no such'}"`);
  await page.getByRole('button', { name: 'Filter' }).click();
  assert.match(await page.locator('main').innerText(), /Nothing matches/);
  refusalsAreExpected();
});

test('what cannot be shown is told on a page from which one goes on', async () => {
  for (const path of ['/workflows?page=zzz', '/workflow', '/nowhere']) {
    await visit(path);
    assert.match(await page.getByRole('alert').innerText(), /start (again )?from the/);
    await page.getByRole('link', { name: 'Temporal dev server' }).click();
    assert.equal(await page.locator('h1').innerText(), 'Workflows');
  }
  refusalsAreExpected();
});

test('a workflow shows its summary, its details in Markdown, and what is pending', async () => {
  await stumbled();
  const text = await page.locator('main').innerText();
  for (const part of ['Running', 'An *exhibit*', 'Task queue', 'exhibition', 'CustomInt 42']) assert.ok(text.includes(part), part);
  const details = page.locator('#current-details');
  assert.equal(await details.locator('h3').innerText(), 'Two of three steps');
  assert.equal(await details.locator('strong').innerText(), 'an activity');
  assert.equal(await details.locator('table tr').count(), 3);
  const pending = await page.locator('#pending tbody').innerText();
  assert.match(pending, /stumble/);
  assert.match(pending, /stumbled </);
});

test('a timeline draws together what belongs together', async () => {
  await workflow('ledger/stopped');
  const lines = (await page.locator('.timeline li').allInnerTexts()).map((line) => line.replace(/\s+/g, ' '));
  assert.equal(lines.length, 3, lines.join('\n'));
  assert.match(lines[0], /^#\d+ Update addAndGet \d.* completed$/);
  assert.match(lines[1], /^#\d+ Timer 20 ms \d.* fired$/);
  assert.match(lines[2], /^#\d+ Signal add$/);
  await page.locator('.timeline a').first().click();
  assert.match(await page.locator('tr:target').innerText(), /update accepted/);
  await workflow('family/failed');
  assert.match(await page.locator('.timeline .note').innerText(), /broken on purpose/);
});

test('every event unfolds, with payloads decoded', async () => {
  await workflow('greeting/done');
  assert.equal(await page.locator('#events dd').filter({ visible: true }).count(), 0);
  await page.locator('#events summary').first().press('Enter');
  assert.match(await page.locator('#event-1').innerText(), /"Ada"/);
  await page.getByRole('link', { name: 'Unfold all' }).click();
  assert.match(await page.locator('#events').innerText(), /"Hello, Ada!"/);
  assert.match(await page.locator('.cards').innerText(), /Input\s+"Ada"\s+Result\s+"Hello, Ada!"/);
  await workflow('family/failed', '&expand=1');
  assert.match(await page.locator('#events').innerText(), /caused by Broken: broken on purpose\s+\{\s+"number": 7\s+\}/);
  await page.getByRole('link', { name: 'Fold up' }).click();
  assert.equal(await page.locator('#events dd').filter({ visible: true }).count(), 0);
});

test('the downloaded history replays', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'download-'));
  try {
    for (const [name, id] of [['done', 'greeting/done'], ['failed', 'family/failed'], ['stopped', 'ledger/stopped']]) {
      await workflow(id);
      const download = page.waitForEvent('download');
      await page.getByRole('link', { name: 'Download as JSON' }).click();
      const history = await readFile(await (await download).path(), 'utf8');
      assert.equal(JSON.parse(history).events[0].eventType, 'EVENT_TYPE_WORKFLOW_EXECUTION_STARTED');
      await writeFile(join(folder, `${name}@${encodeURIComponent(id)}.json`), history);
    }
    assert.deepEqual(await replay(folder), ['ok done', 'ok failed', 'ok stopped']);
  } finally {
    await rm(folder, { recursive: true });
  }
});

test('the keyboard goes from the skip link through the filter to the workflows', async () => {
  await visit();
  const focused = () => page.evaluate(() => document.activeElement.innerText?.trim() || document.activeElement.name);
  const order = [];
  for (let n = 0; n < 6; n++) {
    await page.keyboard.press('Tab');
    order.push(await focused());
  }
  assert.deepEqual(order.slice(0, 3), ['Skip to the content', 'Temporal dev server', 'default']);
  assert.ok(order.includes('query') && order.includes('Filter'), String(order));
  const outline = await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle);
  assert.equal(outline, 'solid', 'the focus is seen');
  await visit();
  await page.keyboard.press('Tab');
  assert.ok(await page.getByText('Skip to the content').isVisible());
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  assert.equal(await focused(), 'query', 'the skip link skips');
  await page.locator('#workflows a').first().focus();
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/workflow\?/);
});

for (const colorScheme of ['light', 'dark']) {
  test(`texts can be read in ${colorScheme} colours`, async () => {
    await open({ colorScheme });
    for (const show of [() => visit(), stumbled, () => workflow('family/failed', '&expand=1')]) {
      await show();
      const [red] = await page.evaluate(() => getComputedStyle(document.body).backgroundColor.match(/\d+/g).map(Number));
      assert.ok(colorScheme === 'light' ? red > 200 : red < 60, `background ${red}`);
      assert.deepEqual(await page.evaluate(weakContrasts), []);
    }
  });
}

test('a narrow screen needs no scrolling sideways', async () => {
  await open({ viewport: { width: 360, height: 740 } });
  for (const show of [() => visit(), () => workflow('family/failed', '&expand=1'), stumbled]) {
    await show();
    const [scrolled, seen] = await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]);
    assert.ok(scrolled <= seen, `${page.url()} is ${scrolled} wide on ${seen}`);
  }
});

test('markup of strangers stays text', async () => {
  const response = await visit();
  const policy = response.headers()['content-security-policy'];
  assert.match(policy, /default-src 'none'/);
  assert.doesNotMatch(policy, /script-src/);
  for (const show of [() => visit(), stumbled, () => workflow(exhibit, '&expand=1'), () => visit(`/workflows?query=${encodeURIComponent(markup)}`), () => workflow(markup)]) {
    await show();
    assert.equal(await page.locator('img, script, iframe, object, [onerror]').count(), 0);
    assert.notEqual(await page.title(), 'owned');
    assert.ok((await page.locator('body').innerText() + await page.locator('input[type=search]').inputValue({ timeout: 200 }).catch(() => '')).includes('<img src=x'));
  }
  refusalsAreExpected();
  await stumbled();
  const links = await page.locator('#current-details a').evaluateAll((all) => all.map((a) => a.href));
  assert.ok(links.includes('https://example.org/handbook'));
  assert.ok(links.every((link) => /^http/.test(link)), String(links));
  await page.getByText('elsewhere').click();
  assert.notEqual(await page.title(), 'owned');
});
