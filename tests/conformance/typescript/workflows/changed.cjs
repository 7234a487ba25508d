// Later versions of workflows whose histories exist already.
const wf = require('@temporalio/workflow');

const { greet } = wf.proxyActivities({ startToCloseTimeout: '10s' });

/** With a patch: replays what was recorded before it. */
exports.hello = async (name) => {
  if (wf.patched('wait-first')) await wf.sleep(10);
  return greet(name);
};

/** Without one: it does not. */
exports.stepByStep = async (steps) => {
  await wf.sleep(10);
  for (let step = 0; step < steps; step++) await greet(String(step));
  return steps;
};
