// What holds of every history, whatever happened while it was written.
import assert from 'node:assert/strict';

const names = {
  1: 'started', 2: 'completed', 3: 'failed', 4: 'timed out', 21: 'canceled', 27: 'terminated', 28: 'continued',
  5: 'task scheduled', 6: 'task started', 7: 'task completed', 8: 'task timed out', 9: 'task failed',
  10: 'activity scheduled', 11: 'activity started', 12: 'activity completed', 13: 'activity failed', 14: 'activity timed out', 16: 'activity canceled',
  17: 'timer started', 18: 'timer fired', 19: 'timer canceled',
};
const closing = [2, 3, 4, 21, 27, 28];
const ends = [7, 8, 9, 12, 13, 14, 16];

/** Asserts contiguous ids, one start, one end, and for every task: scheduled, started, closed, each once and in this order. */
export function assertWellFormed({ events }, what) {
  const about = (event, text) => `${what}: event ${event.eventId} (${names[event.eventType] ?? event.eventType}) ${text}`;
  const states = new Map();
  const timers = new Map();
  events.forEach((event, index) => {
    assert.equal(Number(event.eventId), index + 1, about(event, 'is out of order'));
    assert.equal(event.eventType === 1, index === 0, about(event, 'starts the history, and nothing else does'));
    assert.ok(index === events.length - 1 || !closing.includes(event.eventType), about(event, 'closes the history before its end'));
    const key = Object.keys(event).find((name) => name.endsWith('EventAttributes') && event[name]);
    const { scheduledEventId, startedEventId } = event[key];
    if ([5, 10].includes(event.eventType)) {
      states.set(index + 1, { kind: event.eventType, started: 0, ended: false, timedOut: false });
    } else if ([6, 11].includes(event.eventType)) {
      const task = states.get(Number(scheduledEventId));
      assert.equal(task?.kind, event.eventType - 1, about(event, 'has nothing scheduled'));
      assert.equal(task.started, 0, about(event, 'starts again'));
      task.started = index + 1;
    } else if (ends.includes(event.eventType)) {
      const task = states.get(Number(scheduledEventId));
      assert.equal(task?.kind, event.eventType <= 9 ? 5 : 10, about(event, 'has nothing scheduled'));
      assert.ok(!task.ended, about(event, 'ends again'));
      assert.equal(Number(startedEventId ?? 0), task.started, about(event, 'names another start'));
      task.ended = true;
      task.timedOut = [8, 14].includes(event.eventType);
    } else if (event.eventType === 17) {
      timers.set(index + 1, false);
    } else if ([18, 19].includes(event.eventType)) {
      assert.equal(timers.get(Number(startedEventId)), false, about(event, 'ends no running timer'));
      timers.set(Number(startedEventId), true);
    }
  });
  return { states: [...states.values()], timers: [...timers.values()] };
}
