import { stem } from './words.ts'

// Words of everyday that mean nearly the same, a line for each thing. It is no dictionary: it makes obvious paraphrases
// meet, and what is not in it stays apart.
const lines = `
price cost fee fare charge euro dollar pound cents expensive cheap pay payment
car automobile vehicle auto sedan
cat kitten kitty feline
dog puppy canine
child kid toddler
doctor physician medic
weather forecast rain raining rainy snow snowing sunny temperature humidity
buy purchase acquire order
sell vend
begin start commence launch
end finish stop complete conclude
fix repair mend
big large huge great
small little tiny
fast quick rapid speedy
slow sluggish
happy glad joyful pleased
sad unhappy miserable
angry furious mad
house home building residence
job work employment occupation
money cash funds finance
stock share equity securities
market exchange bourse
fall drop decline decrease sink
rise increase grow climb
city town municipality
street road avenue
film movie picture
book novel
sea ocean
ship boat vessel ferry
rug mat carpet
sofa couch
ill sick unwell disease illness
food meal dish cuisine
eat dine devour
trip journey travel voyage vacation holiday
flight plane airplane aircraft fly
password passphrase credential login
forget forgot forgotten
reset change modify alter update
delete remove erase
create make build
help assist aid support
answer reply respond response
question query ask inquiry
mail email e-mail message
phone telephone call mobile
meeting appointment conference
boss manager supervisor
error bug fault failure problem issue
run execute
picture photo image photograph
lawyer attorney solicitor
garbage trash waste rubbish
shop store
learn study
teach instruct educate
school college university
war battle conflict
safe secure
`

const concepts = new Map<string, string>()
for (const line of lines.trim().split('\n')) {
  const [name = '', ...others] = line.split(' ').map(stem)
  for (const word of [name, ...others]) if (!concepts.has(word)) concepts.set(word, name)
}

/** The name of the thing that a stem and its near synonyms stand for; `undefined` for words that are not in the list. */
export function conceptOf(stemmed: string): string | undefined {
  return concepts.get(stemmed)
}
