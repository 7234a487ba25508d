const wf = require('@temporalio/workflow');

const { Greet } = wf.proxyActivities({ startToCloseTimeout: '1 minute' });
const finish = wf.defineSignal('finish');

exports.bench = async (name) => {
  let finished = false;
  wf.setHandler(finish, () => void (finished = true));
  const greeting = await Greet(name);
  await wf.condition(() => finished);
  return greeting;
};
