/**
 * Every place where a test may let the server fail, in the order in which a change meets them. The list is closed:
 * `test/sync/failpoints.test.ts` kills a server at each of them, and holds it against the calls in the code.
 */
export const FAILPOINTS = {
  'sync.frame.received': 'A frame has come and nobody has looked at it.',
  'sync.append.before': 'The guard has taken an update, and the store has not heard of it.',
  'sync.append.after': 'An update is with the store, which has not answered.',
  'sync.broadcast.before': 'An update is on disk and nobody but its author has it.',
  'sync.socket.written':
    'One socket has been written to, perhaps a peer, perhaps the author; the others have not.',
  'store.group.begin': 'A group of writes has its transaction and none of them has run.',
  'store.update.appended': 'An update is in its table and its transaction is open.',
  'store.commit.before': 'All writes of a group have run and none is on disk.',
  'store.commit.after': 'A group is on disk and nobody has been answered.',
  'store.answers.sent': 'The main thread has been answered, and perhaps has not read it.',
  'command.reactions.before': 'A command has changed its records, and what follows from it has not run.',
  'command.reactions.after': 'What follows from a command has run, and its outcome is not kept.',
  'document.materialise': 'A document that was made on first use has a row and no content.',
  'epoch.rotate': 'The old epoch is frozen and the next one is not made.',
  'snapshot.insert': 'A document points at a snapshot that is not in its table yet.',
  'snapshot.kept': 'A snapshot is on disk and what it stands for is not pruned.',
  'snapshot.prune': 'Old snapshots are gone and the updates that they stood for are there.',
  'backup.copied': 'A copy is whole and has neither its mark nor its name.',
  'backup.marked': 'A copy is on disk under the name of an unfinished one.',
  'put-back.checked': 'A backup lies on disk beside the store that it is to replace, which stands as it was.',
  'put-back.kept': 'The store that is replaced has a second name.',
  'put-back.moved':
    'What belongs to the replaced store alone is out of the way, and the backup has not its name.',
  'restore.dropped': 'A store that was put back has let go of its projections and has not made them again.',
  'marker.written': 'The marker beside the store is written and has not replaced the one before.',
} as const satisfies Record<string, string>;

export type FailpointName = keyof typeof FAILPOINTS;
