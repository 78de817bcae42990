import { sweepExpiredSessions } from '../access/sessions.ts';
import { sweepUnconfirmed } from '../channels/announcement/subscribers.ts';
import { sweepDeliveries } from '../channels/deliveries.ts';
import { sweepDevices } from '../channels/push/devices.ts';
import { endOverdueDeliveries, sweepWebhookDeliveries } from '../channels/webhook/webhook-deliveries.ts';
import type { Logger } from '../log.ts';
import { sweepRejected } from '../store/query/index.ts';
import { sweepAsks } from '../store/gate.ts';
import type { Store } from '../store/store.ts';

const EVERY_MS = 60 * 60 * 1000;
const DELIVERIES_KEPT_MS = 90 * 24 * 60 * 60 * 1000;
/** How long an event can be sent again to a webhook. */
const WEBHOOK_DELIVERIES_KEPT_MS = 30 * 24 * 60 * 60 * 1000;
/** How long it can be looked up what a pipeline asked. */
const ASKS_KEPT_MS = 400 * 24 * 60 * 60 * 1000;
/** How long a person may recover from what was refused of theirs. */
const REJECTED_KEPT_MS = 90 * 24 * 60 * 60 * 1000;

/**
 * Every hour: removes what is over and that nothing asks for any more, and packs updates of rooms that have been
 * kept raw for `rawRoomUpdatesMs`. The answer stops it.
 */
export function startHousekeeping(store: Store, rawRoomUpdatesMs: number, log: Logger): () => void {
  const failed = (error: unknown): void => log.warn({ error }, 'housekeeping failed');
  const timer = setInterval(() => {
    const now = Date.now();
    sweepExpiredSessions(store.writer, now)
      .then(() => sweepDevices(store.writer))
      .catch(failed);
    sweepDeliveries(store.writer, now - DELIVERIES_KEPT_MS).catch(failed);
    endOverdueDeliveries(store.writer, now).catch(failed);
    sweepWebhookDeliveries(store.writer, now - WEBHOOK_DELIVERIES_KEPT_MS).catch(failed);
    sweepUnconfirmed(store.writer, now).catch(failed);
    sweepRejected(store.writer, now - REJECTED_KEPT_MS).catch(failed);
    sweepAsks(store.writer, now - ASKS_KEPT_MS).catch(failed);
    store.rooms.keep(now - rawRoomUpdatesMs).catch(failed);
  }, EVERY_MS);
  timer.unref();
  return () => clearInterval(timer);
}
