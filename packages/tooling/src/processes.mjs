// The six words, the same in every tree: process folders, routes, documents, rules.
export const processes = ['desk', 'incident', 'problem', 'change', 'configuration', 'release'];
