/** What of the browser Web Push needs. */

export interface PushBrowser {
  permission(): NotificationPermission;
  /** Asks the person; answers what they chose. */
  ask(): Promise<NotificationPermission>;
  subscription(): Promise<PushSubscription | null>;
  /** Subscribes anew with the key of the desk. */
  subscribe(publicKey: string): Promise<PushSubscription>;
}

/** Null where the browser cannot, or where no service worker runs that could show anything. */
export async function pushBrowser(): Promise<PushBrowser | null> {
  if (!('serviceWorker' in navigator) || !('PushManager' in window) || !('Notification' in window))
    return null;
  const registration = await navigator.serviceWorker.getRegistration();
  if (registration === undefined) return null;
  const { pushManager } = registration;
  return {
    permission: () => Notification.permission,
    ask: () => Notification.requestPermission(),
    subscription: () => pushManager.getSubscription(),
    async subscribe(publicKey) {
      await (await pushManager.getSubscription())?.unsubscribe();
      await navigator.serviceWorker.ready;
      return pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: publicKey });
    },
  };
}
