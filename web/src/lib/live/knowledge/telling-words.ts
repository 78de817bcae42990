/** Words that say nothing of what is wrong: small ones, numbers and times, and what people write in every ticket. */
const EMPTY = new Set(
  `the and for with not but are was were has have had having can cannot could did does doing done its itself
   this that these those there here then than they them their she her him his our out your you who whom whose
   what which when where why how while from into onto upon over under off through during between against about
   across along around behind below above near without within until till after before since because though
   although unless whether else yet both either neither nor all any anything anybody anyone anywhere some
   something somebody someone somewhere none nothing nobody nowhere every everything everybody everyone
   everywhere each other another such same own one two three four five six seven eight nine ten eleven twelve
   thirty hundred first second third last next half once twice again also too very just only even still more
   most much many few less least several enough almost quite rather really actually already always never often
   sometimes usually now soon later ever far away back down well better best good bad great fine right wrong
   like likely maybe perhaps may might must shall will would should been being am isnt arent wasnt werent dont
   doesnt didnt cant couldnt wont wouldnt shouldnt hasnt havent hadnt get got getting give given gave make made
   making take taken took taking put come came coming goes going gone went let see seen saw say said tell told
   know known look looked find found think keep kept try tries tried trying use used using want wanted need
   needed happen happened seem begin began begun start started end ended open opened run set ask asked show
   shown leave left become call called help please hello dear thank regards sorry way thing kind part lot bit
   place time moment point case problem issue error user people person colleague work worked working new old
   able possible minute day week month year date today yesterday tomorrow tonight night morning noon afternoon
   evening clock monday tuesday wednesday thursday friday saturday sunday`.split(/\s+/),
);

const SHORTEST = 3;

/** A word as it is kept: without case and accents; null for one that is too short to look for. */
export function bareWord(term: string): string | null {
  const word = term
    .toLowerCase()
    .normalize('NFKD')
    .replaceAll(/[\u0300-\u036f’']/g, '');
  return word.length < SHORTEST ? null : word;
}

/** A word as it is kept; null when it says nothing. The plural of one that says nothing says no more. */
export function tellingWord(term: string): string | null {
  const word = bareWord(term);
  return word === null || EMPTY.has(word) || EMPTY.has(word.replace(/s$/, '')) ? null : word;
}

/** The words of a text that say something, each once. */
export function tellingWords(text: string): ReadonlySet<string> {
  const words = text.split(/[^\p{L}\p{N}’']+/u).map(tellingWord);
  return new Set(words.filter((word) => word !== null));
}
