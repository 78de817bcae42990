/** What of a file becomes no item, counted by its kind and named so that whoever exported it knows it again. */
import type { UnreadKind } from '@muster/domain/configuration';

/** Of the models of NetBox whose own names run words together. */
const MODELS: ReadonlyMap<string, string> = new Map([
  ...([
    ['dcim.consoleport', 'console ports'],
    ['dcim.consoleserverport', 'console server ports'],
    ['dcim.devicebay', 'device bays'],
    ['dcim.devicerole', 'device roles'],
    ['dcim.devicetype', 'device types'],
    ['dcim.frontport', 'front ports'],
    ['dcim.inventoryitem', 'inventory items'],
    ['dcim.modulebay', 'module bays'],
    ['dcim.moduletype', 'module types'],
    ['dcim.poweroutlet', 'power outlets'],
    ['dcim.powerpanel', 'power panels'],
    ['dcim.powerport', 'power ports'],
    ['dcim.rackreservation', 'rack reservations'],
    ['dcim.rackrole', 'rack roles'],
    ['dcim.rearport', 'rear ports'],
    ['dcim.sitegroup', 'site groups'],
    ['dcim.virtualchassis', 'virtual chassis'],
    ['dcim.cablepath', 'cable paths'],
    ['dcim.cabletermination', 'cable ends'],
    ['ipam.ipaddress', 'IP addresses'],
    ['ipam.iprange', 'IP ranges'],
    ['ipam.asn', 'ASNs'],
    ['ipam.rir', 'RIRs'],
    ['ipam.vlan', 'VLANs'],
    ['ipam.vlangroup', 'VLAN groups'],
    ['ipam.vrf', 'VRFs'],
    ['ipam.fhrpgroup', 'FHRP groups'],
    ['ipam.routetarget', 'route targets'],
    ['circuits.circuittermination', 'circuit ends'],
    ['circuits.circuittype', 'circuit types'],
    ['virtualization.vminterface', 'interfaces of virtual machines'],
    ['virtualization.clustertype', 'cluster types'],
    ['virtualization.clustergroup', 'cluster groups'],
    ['wireless.wirelesslan', 'wireless LANs'],
    ['wireless.wirelesslink', 'wireless links'],
    ['extras.customfield', 'custom fields'],
    ['extras.taggeditem', 'tags of objects'],
  ] as const),
]);

/** `dcim.interface` → `interfaces`; what is not known so stays as the file has it, with where it is from. */
export function modelWords(model: string): string {
  const known = MODELS.get(model);
  if (known !== undefined) return known;
  const [app = '', name] = model.split('.');
  if (name === undefined || !OWN.has(app)) return model.slice(0, 80);
  return name.endsWith('template') ? 'templates of device types' : pluralOf(name);
}

const OWN = new Set(['dcim', 'ipam', 'circuits', 'virtualization', 'tenancy', 'wireless']);

export function pluralOf(name: string): string {
  if (/[^aeiou]y$/.test(name)) return `${name.slice(0, -1)}ies`;
  return /(s|x|ch|sh)$/.test(name) ? `${name}es` : `${name}s`;
}

/** The most first, those of one count by their names. */
export function kindsOf(each: readonly string[]): readonly UnreadKind[] {
  const counts = new Map<string, number>();
  for (const kind of each) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return [...counts]
    .map(([kind, count]) => ({ kind, count }))
    .toSorted((a, b) => b.count - a.count || a.kind.localeCompare(b.kind));
}
