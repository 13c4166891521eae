/** The catalogue's genres. */
export const genres = [
  'fantasy',
  'science fiction',
  'mystery',
  'thriller',
  'horror',
  'romance',
  'dystopia',
  'historical fiction',
  'classic',
  'adventure',
  'children',
  'humour',
  'nonfiction',
] as const

/** One of the catalogue's genres. */
export type Genre = (typeof genres)[number]

/** A real book. */
export interface Book {
  readonly title: string
  /** Other names under which people ask for it. */
  readonly aliases: readonly string[]
  readonly author: string
  /** Of the first publication. */
  readonly year: number
  readonly genres: readonly Genre[]
  /** One true sentence about it. */
  readonly line: string
}

// title = alias | author | year | genres | line
const table = `
The Hobbit | J. R. R. Tolkien | 1937 | fantasy, adventure, children | A hobbit who loves his comforts helps thirteen dwarves to win back a treasure from a dragon.
The Fellowship of the Ring = The Lord of the Rings | J. R. R. Tolkien | 1954 | fantasy, adventure | Frodo leaves the Shire with a ring that must be destroyed, in the first volume of The Lord of the Rings.
A Wizard of Earthsea = Earthsea | Ursula K. Le Guin | 1968 | fantasy | A gifted boy sets loose a shadow at a school for wizards and has to learn to face it.
The Last Unicorn | Peter S. Beagle | 1968 | fantasy | A unicorn leaves her forest to find out what became of all the others.
The Name of the Wind | Patrick Rothfuss | 2007 | fantasy | A legendary magician who hides as an innkeeper begins to tell the story of his life.
The Colour of Magic = The Color of Magic = Discworld | Terry Pratchett | 1983 | fantasy, humour | In the first Discworld novel, an inept wizard has to look after the disc's first tourist.
Jonathan Strange & Mr Norrell = Jonathan Strange and Mr Norrell | Susanna Clarke | 2004 | fantasy, historical fiction | Two magicians bring magic back to England during the Napoleonic Wars, and fall out over it.
Piranesi | Susanna Clarke | 2020 | fantasy, mystery | A man who lives in a house of endless halls and tides slowly finds out how he came there.
The Lion, the Witch and the Wardrobe = Narnia | C. S. Lewis | 1950 | fantasy, children | Four children walk through a wardrobe into a land where it is always winter.
Assassin's Apprentice | Robin Hobb | 1995 | fantasy | The illegitimate grandson of a king is trained in secret to be the royal assassin.
The Fifth Season | N. K. Jemisin | 2015 | fantasy, science fiction | In a land torn by earthquakes, a woman with power over the ground searches for her daughter.
Harry Potter and the Philosopher's Stone = Harry Potter | J. K. Rowling | 1997 | fantasy, children | An orphan learns on his eleventh birthday that he is a wizard with a place at a school for magic.
The Princess Bride | William Goldman | 1973 | fantasy, adventure, romance, humour | A farm boy turned pirate comes back for his true love, through fencing, fighting and revenge.
Alice's Adventures in Wonderland = Alice in Wonderland | Lewis Carroll | 1865 | children, fantasy, classic | A girl follows a white rabbit down its hole into a world of nonsense.
Dune | Frank Herbert | 1965 | science fiction, adventure | A noble family is sent to rule the desert planet that is the only source of a priceless spice.
The Left Hand of Darkness | Ursula K. Le Guin | 1969 | science fiction | An envoy tries to win over a wintry world whose people have no fixed sex.
Neuromancer | William Gibson | 1984 | science fiction, thriller | A washed-up hacker gets his nerves repaired in exchange for one dangerous job.
Foundation | Isaac Asimov | 1951 | science fiction | A mathematician who foresees the fall of the Galactic Empire sets up a colony to shorten the dark age after it.
The Hitchhiker's Guide to the Galaxy = Hitchhiker's Guide | Douglas Adams | 1979 | science fiction, humour | Arthur Dent survives the demolition of the Earth by hitching a lift on a spaceship.
Kindred | Octavia E. Butler | 1979 | science fiction, historical fiction | A Black woman of 1976 is pulled back again and again to a slave plantation in Maryland.
The War of the Worlds | H. G. Wells | 1898 | science fiction, classic | Martians land in the south of England, and no human weapon can stop them for long.
The Time Machine | H. G. Wells | 1895 | science fiction, classic | An inventor travels to the year 802701 and finds mankind split in two.
Journey to the Centre of the Earth = Journey to the Center of the Earth | Jules Verne | 1864 | science fiction, adventure, classic | A professor, his nephew and their guide climb down into an Icelandic volcano.
Solaris | Stanisław Lem | 1961 | science fiction | Scientists above a planet's living ocean are visited by figures out of their own memories.
The Three-Body Problem | Liu Cixin | 2008 | science fiction, mystery | A secret project of the Cultural Revolution makes contact with a civilisation in search of a new home.
Do Androids Dream of Electric Sheep? | Philip K. Dick | 1968 | science fiction, dystopia | A bounty hunter in San Francisco hunts escaped androids that pass for people.
The Martian | Andy Weir | 2011 | science fiction, adventure | An astronaut left behind on Mars has to grow his food and find a way to call home.
Nineteen Eighty-Four = 1984 | George Orwell | 1949 | dystopia, science fiction, classic | A clerk who rewrites the past for the Party begins to think for himself.
Brave New World | Aldous Huxley | 1932 | dystopia, science fiction, classic | A society that breeds its people for contentment meets a man who was raised outside it.
Fahrenheit 451 | Ray Bradbury | 1953 | dystopia, science fiction | A fireman whose work is to burn books starts to read them.
The Handmaid's Tale | Margaret Atwood | 1985 | dystopia | A woman in a theocracy that was the United States is kept to bear a commander's child.
Never Let Me Go | Kazuo Ishiguro | 2005 | dystopia, science fiction | Three friends from an English boarding school learn what they were raised for.
Station Eleven | Emily St. John Mandel | 2014 | dystopia, science fiction | Travelling actors and musicians perform Shakespeare twenty years after a flu has ended civilisation.
Murder on the Orient Express | Agatha Christie | 1934 | mystery, classic | Hercule Poirot is on a train stopped by snow when a passenger is found stabbed twelve times.
And Then There Were None | Agatha Christie | 1939 | mystery, thriller | Ten strangers on an island die one by one, as in a nursery rhyme.
The Hound of the Baskervilles = Sherlock Holmes | Arthur Conan Doyle | 1902 | mystery, classic | Sherlock Holmes looks into a death on Dartmoor that is blamed on a ghostly hound.
The Big Sleep | Raymond Chandler | 1939 | mystery, thriller | The detective Philip Marlowe is hired over a general's blackmailed daughter, and bodies pile up.
The Maltese Falcon | Dashiell Hammett | 1930 | mystery, thriller | Sam Spade is drawn into a hunt for a jewelled statuette after his partner is shot.
Gaudy Night | Dorothy L. Sayers | 1935 | mystery, romance | Harriet Vane looks for the writer of poison-pen letters at her old Oxford college.
The Moonstone | Wilkie Collins | 1868 | mystery, classic | A diamond taken from an Indian shrine vanishes from an English country house.
The Name of the Rose | Umberto Eco | 1980 | mystery, historical fiction | A friar investigates deaths in a medieval abbey with a labyrinth for a library.
Rebecca | Daphne du Maurier | 1938 | mystery, romance, thriller | A young wife comes to Manderley, where everyone still speaks of the first one.
The Girl with the Dragon Tattoo | Stieg Larsson | 2005 | mystery, thriller | A journalist and a hacker look into the disappearance of a girl forty years before.
The Talented Mr. Ripley = The Talented Mr Ripley | Patricia Highsmith | 1955 | thriller | A small-time swindler is sent to Italy to bring home a rich young man whose life he covets.
The Spy Who Came in from the Cold | John le Carré | 1963 | thriller | A tired British agent takes one last assignment in East Germany.
The Day of the Jackal | Frederick Forsyth | 1971 | thriller | A nameless assassin is hired to kill Charles de Gaulle, and a French policeman tries to find him.
Dracula | Bram Stoker | 1897 | horror, classic | Letters and diaries tell how a Transylvanian count comes to England, and how he is hunted.
Frankenstein | Mary Shelley | 1818 | horror, science fiction, classic | A student gives life to a creature of his making and abandons it.
The Haunting of Hill House | Shirley Jackson | 1959 | horror | Four people spend a summer in a house to find out whether it is haunted.
The Shining | Stephen King | 1977 | horror, thriller | A family spends the winter as caretakers of an empty hotel in the Rocky Mountains.
Strange Case of Dr Jekyll and Mr Hyde = Jekyll and Hyde | Robert Louis Stevenson | 1886 | horror, classic | A London lawyer looks into the link between his friend the doctor and a vicious stranger.
Pride and Prejudice | Jane Austen | 1813 | romance, classic | Elizabeth Bennet and Mr Darcy misjudge each other before they know better.
Jane Eyre | Charlotte Brontë | 1847 | romance, classic | An orphan becomes a governess in a house whose master has a secret in the attic.
A Room with a View | E. M. Forster | 1908 | romance, classic | A young Englishwoman kissed in Florence has to choose between two men at home.
Outlander | Diana Gabaldon | 1991 | romance, historical fiction, fantasy | A nurse of 1945 steps through standing stones into the Scotland of 1743.
Love in the Time of Cholera | Gabriel García Márquez | 1985 | romance, historical fiction | A man waits more than fifty years for the woman who married someone else.
Wolf Hall | Hilary Mantel | 2009 | historical fiction | Thomas Cromwell rises from a blacksmith's son to the right hand of Henry VIII.
War and Peace | Leo Tolstoy | 1869 | historical fiction, classic | Russian families live and love through the wars against Napoleon.
Beloved | Toni Morrison | 1987 | historical fiction, horror | A woman who escaped from slavery is haunted by the daughter she lost.
The Count of Monte Cristo | Alexandre Dumas | 1844 | adventure, historical fiction, classic | A sailor escapes from an island prison to take a long and patient revenge.
Treasure Island | Robert Louis Stevenson | 1883 | adventure, children, classic | A boy sails with a map, a captain and Long John Silver to find a pirate's gold.
Moby-Dick = Moby Dick | Herman Melville | 1851 | adventure, classic | The captain of a whaling ship hunts the white whale that took his leg.
The Phantom Tollbooth | Norton Juster | 1961 | children, fantasy, humour | A bored boy drives his toy car through a tollbooth into a land of words and numbers.
Matilda | Roald Dahl | 1988 | children, humour | A girl who reads everything takes on her awful parents and a tyrant of a headmistress.
Three Men in a Boat | Jerome K. Jerome | 1889 | humour, classic | Three friends and a dog row up the Thames, and little goes right.
Right Ho, Jeeves | P. G. Wodehouse | 1934 | humour | Bertie Wooster tries to mend two engagements without the help of his valet.
A Brief History of Time | Stephen Hawking | 1988 | nonfiction | A physicist explains for everyone how the universe began and what time is.
Cosmos | Carl Sagan | 1980 | nonfiction | An astronomer tells the story of the universe and of how people came to understand it.
Silent Spring | Rachel Carson | 1962 | nonfiction | A biologist shows what pesticides do to birds, rivers and people.
The Diary of a Young Girl = The Diary of Anne Frank | Anne Frank | 1947 | nonfiction, classic | A Jewish girl writes about two years in hiding in Amsterdam.
`

/** All books, in a fixed order. */
export const catalogue: readonly Book[] = table.trim().split('\n').map(parseBook)

function parseBook(row: string): Book {
  const [names = '', author = '', year = '', kinds = '', line = ''] = row.split(' | ')
  const [title = '', ...aliases] = names.split(' = ')
  const listed = kinds.split(', ')
  return { title, aliases, author, year: Number(year), genres: genres.filter((genre) => listed.includes(genre)), line }
}
