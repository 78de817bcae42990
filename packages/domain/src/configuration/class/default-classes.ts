/** The classes that a desk begins with (A5 row 1). */
import type { AttributeDefinition, AttributeKind, ItemClass, ItemClasses } from './item-class.ts';

function attribute(id: string, name: string, kind: AttributeKind = 'text'): AttributeDefinition {
  return { id, name, kind, required: false, choices: [], identifies: false };
}

function abstract(
  id: string,
  name: string,
  parent: string | null,
  attributes: readonly AttributeDefinition[] = [],
): ItemClass {
  return { id, name, parent, abstract: true, attributes };
}

function concrete(
  id: string,
  name: string,
  parent: string,
  attributes: readonly AttributeDefinition[] = [],
): ItemClass {
  return { id, name, parent, abstract: false, attributes };
}

const address = { ...attribute('address', 'Network address', 'address'), identifies: true };
const serial = { ...attribute('serial', 'Serial number'), identifies: true };

const CLASSES: readonly ItemClass[] = [
  abstract('item', 'Configuration item', null, [attribute('version', 'Version')]),
  concrete('service', 'Service', 'item'),
  concrete('process', 'Business process', 'item'),
  concrete('application', 'Application', 'item', [attribute('repository', 'Repository', 'address')]),
  concrete('web_application', 'Web application', 'application', [attribute('url', 'Web address', 'address')]),
  abstract('software', 'Software instance', 'item', [attribute('port', 'Port', 'number')]),
  concrete('middleware', 'Middleware', 'software'),
  concrete('database_server', 'Database server', 'software'),
  concrete('web_server', 'Web server', 'software'),
  concrete('container', 'Container', 'software', [attribute('image', 'Image')]),
  concrete('database', 'Database', 'item'),
  concrete('api', 'Interface', 'item'),
  abstract('device', 'Physical device', 'item', [
    serial,
    attribute('vendor', 'Vendor'),
    attribute('model', 'Model'),
    attribute('warranty_until', 'Warranty until', 'date'),
  ]),
  abstract('connected', 'Connected device', 'device', [address]),
  abstract('datacenter_device', 'Data centre device', 'connected'),
  concrete('server', 'Server', 'datacenter_device', [attribute('memory_gb', 'Memory (GB)', 'number')]),
  concrete('network_device', 'Network device', 'datacenter_device'),
  concrete('storage', 'Storage', 'datacenter_device'),
  concrete('workplace', 'Workplace device', 'connected'),
  concrete('power_feed', 'Power feed', 'device'),
  concrete('rack', 'Rack', 'device', [attribute('units', 'Height (U)', 'number')]),
  concrete('virtual_machine', 'Virtual machine', 'item', [{ ...address }]),
  concrete('cluster', 'Cluster', 'item'),
  concrete('network', 'Network', 'item', [attribute('prefix', 'Prefix')]),
  concrete('circuit', 'Circuit', 'item', [attribute('provider', 'Provider')]),
  concrete('location', 'Location', 'item'),
  concrete('group', 'Group', 'item'),
  concrete('contact', 'Contact', 'item', [attribute('email', 'E-mail'), attribute('phone', 'Phone')]),
  concrete('document', 'Document', 'item', [attribute('link', 'Link', 'address')]),
  concrete('licence', 'Licence', 'item', [attribute('valid_until', 'Valid until', 'date')]),
  concrete('patch', 'Patch', 'item', [attribute('released', 'Released', 'date')]),
];

export const DEFAULT_CLASSES: ItemClasses = new Map(CLASSES.map((each) => [each.id, each]));
