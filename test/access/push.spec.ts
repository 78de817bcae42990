/**
 * News that reaches a device while nobody looks at the desk. A push service of a browser's maker is not to be reached
 * from here, so what it would hand over is handed to the service worker through the browser's own tools; that it is
 * encrypted and signed as it must be is shown in `server/src/channels/push`.
 */
import { expect, test } from '../support/test.ts';

// the worker takes what is pushed
test.use({ serviceWorkers: 'allow' });

/** Clicks the notification, inside the service worker. */
const CLICK = `(async () => {
  const [notification] = await self.registration.getNotifications({ tag: 'item:0' });
  self.dispatchEvent(new NotificationEvent('notificationclick', { notification }));
})()`;

/** Stands in for the browser's push service, which subscribes by keys of its own; then says that the old one is gone. */
const RENEW = `(() => {
  const bytes = (count, first) => btoa(String.fromCharCode(first, ...Array(count - 1).fill(1)));
  const keys = { p256dh: bytes(65, 4), auth: bytes(16, 1) };
  const { pushManager } = self.registration;
  Object.defineProperty(pushManager, 'subscribe', {
    value: async () => ({ toJSON: () => ({ endpoint: 'https://push.example.org/renewed', keys }) }),
  });
  self.dispatchEvent(new ExtendableEvent('pushsubscriptionchange'));
})()`;

test.use({ deskOptions: { records: 1 } });

test('the service worker shows what is pushed, and a click opens the record in the page that is open', async ({
  desk,
  agent,
}) => {
  const { page, context } = agent;
  await context.grantPermissions(['notifications'], { origin: desk.url });
  await agent.queue.open();
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);

  const protocol = await context.newCDPSession(page);
  const registered = new Promise<string>((resolve) => {
    protocol.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
      const [registration] = registrations;
      if (registration !== undefined) resolve(registration.registrationId);
    });
  });
  await protocol.send('ServiceWorker.enable');
  const registrationId = await registered;
  const push = (data: string) =>
    protocol.send('ServiceWorker.deliverPushMessage', { origin: desk.url, registrationId, data });
  const shown = () =>
    page.evaluate(async () => {
      const registration = await navigator.serviceWorker.ready;
      const notifications = await registration.getNotifications();
      return notifications.map(({ title, body, tag }) => ({ title, body, tag }));
    });

  const record = desk.record(0);
  const message = {
    title: `[${record.number}] ${record.title}`,
    body: 'Arne Agent gave this to you.',
    path: `/record/${record.id}`,
    tag: 'item:0',
  };
  const { path: _path, ...words } = message;
  /** Until it is shown: of some fifteen messages the browser's tools lose one before the worker hears of it. */
  const pushUntil = async (data: string, titles: readonly string[]) => {
    const ordered = titles.toSorted();
    await expect(async () => {
      await push(data);
      const now = async () => (await shown()).map(({ title }) => title).toSorted();
      await expect.poll(now, { timeout: 3000 }).toEqual(ordered);
    }).toPass({ timeout: 60_000 });
  };
  await pushUntil(JSON.stringify(message), [message.title]);
  expect(await shown()).toEqual([words]);
  // the same piece of news once more is there once
  await push(JSON.stringify(message));
  await pushUntil('not what a desk sends', [message.title, 'Muster']);

  // what the service worker says to the page when the news is clicked
  const [worker] = context.serviceWorkers();
  if (worker === undefined) throw new Error('no service worker runs');
  await worker.evaluate(CLICK);
  await expect(page).toHaveURL(`${desk.url}/record/${record.id}`);
  await expect.poll(async () => (await shown()).map(({ tag }) => tag)).toEqual(['unreadable']);

  // the push service lets the subscription go, and would give another one
  await worker.evaluate(RENEW);
  const devices = async () => {
    const answer = await page.request.get(`${desk.url}/api/me/channels`);
    return ((await answer.json()) as { push: { devices: { current: boolean }[] } }).push.devices;
  };
  await expect.poll(devices).toMatchObject([{ current: true }]);
});
