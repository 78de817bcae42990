/** Words that say nothing of what is wrong. The list is English; of other languages it has only the smallest words. */

/** Nouns that can be what a thing is called, and say nothing beside others. */
const NAMING = 'time clock call leave part case place point date set';
/** Small ones, numbers and times, and what people write in every ticket. */
const ENGLISH = `the and for with not but are was were has have had having can cannot could did does doing done its itself this
   that these those there here then than they them their she her him his our out your you who whom whose what
   which when where why how while from into onto upon over under off through during between against about across
   along around behind below above near without within until till after before since because though although
   unless whether else yet both either neither nor all any anything anybody anyone anywhere some something
   somebody someone somewhere none nothing nobody nowhere every everything everybody everyone everywhere each
   other another such same own one two three four five six seven eight nine ten eleven twelve thirty hundred
   first second third last next half once twice again also too very just only even still more most much many few
   less least several enough almost quite rather really actually already always never often sometimes usually now
   soon later ever far away back down well better best good bad great fine right wrong like likely maybe perhaps
   may might must shall will would should been being am isnt arent wasnt werent dont doesnt didnt cant couldnt
   wont wouldnt shouldnt hasnt havent hadnt get got getting give given gave make made making take taken took
   taking put come came coming goes going gone went let see seen saw say said tell told know known look looked
   find found think keep kept try tries tried trying use used using want wanted need needed happen happened seem
   begin began begun start started end ended open opened run ask asked show shown left become called help please
   hello dear thank regards sorry way thing kind lot bit moment problem issue error user people person colleague
   work worked working new old able possible minute day week month year today yesterday tomorrow tonight night
   morning noon afternoon evening monday tuesday wednesday thursday friday saturday sunday`;
/** German, French, Spanish, Italian, Dutch and Portuguese, without what is a word of computing in English. */
const OTHERS = `der die das den dem des ein eine einen einem einer und oder aber auch ich wir sie mir mich uns ihr mein meine
   unser sich man nicht kein keine mehr noch nur sehr schon immer wieder nach mit von vom fur auf aus bei beim
   seit uber unter vor zum zur ohne als wie wenn dass weil ist sind war wird werden wurde hat habe haben kann
   konnen geht gehen heute hier jetzt bitte danke hallo les une est sont pas plus nous vous ils elle mon mes son
   ses notre dans sur avec pour par que qui mais aux cette depuis tout tous fait peut peux etre bonjour merci los
   las una del con por para pero muy mas esta este hay puede puedo desde cuando como hola gracias non che per
   sono piu della dal questo quando het een van niet meer wordt naar voor maar zijn heeft kan mijn nao uma dos
   meu`;

const listed = (...lists: readonly string[]): ReadonlySet<string> =>
  new Set(lists.flatMap((list) => list.split(/\s+/)));

const EMPTY = listed(NAMING, ENGLISH, OTHERS);
const NAMES = listed(NAMING);

/** The plural of one that says nothing says no more. */
const isOf = (list: ReadonlySet<string>, word: string): boolean =>
  list.has(word) || list.has(word.replace(/s$/, ''));

/** Whether a word, without case and accents, says nothing. */
export const isEmpty = (word: string): boolean => isOf(EMPTY, word);

/** Whether it can be what a thing is called, though it says nothing beside other words. */
export const canName = (word: string): boolean => isOf(NAMES, word);
