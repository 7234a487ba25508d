import { ApplicationFailure, Context, CompleteAsyncError, heartbeat, sleep } from '@temporalio/activity';

export async function greet(name) {
  return `Hello, ${name}!`;
}

export async function failUntil(attempt) {
  const { attempt: current } = Context.current().info;
  if (current < attempt) throw new Error(`attempt ${current}`);
  return current;
}

export async function failWithDelay(milliseconds) {
  const { attempt } = Context.current().info;
  if (attempt === 1) throw ApplicationFailure.create({ message: 'later', nextRetryDelay: milliseconds });
  return attempt;
}

export async function failForGood() {
  throw ApplicationFailure.nonRetryable('no', 'Fatal', { number: 13 });
}

export async function sleepWithoutHeartbeat(milliseconds) {
  await new Promise((resolve) => setTimeout(resolve, milliseconds));
}

export async function resumeFromHeartbeat() {
  const { heartbeatDetails, attempt } = Context.current().info;
  if (attempt === 1) {
    heartbeat({ done: 41 });
    throw new Error('lost');
  }
  return heartbeatDetails.done + 1;
}

export async function heartbeatUntilCancelled() {
  for (;;) {
    heartbeat('alive');
    await sleep(100);
  }
}

export async function completeLater() {
  tokens.push(Context.current().info.taskToken);
  throw new CompleteAsyncError();
}

/** Runs until the worker goes; another attempt, elsewhere, ends at once. */
export async function interruptible() {
  const context = Context.current();
  if (context.info.attempt > 1) return `attempt ${context.info.attempt}`;
  running.push(context.info.workflowExecution.workflowId);
  await context.cancelled;
}

export const running = [];

export const tokens = [];
