/** What happened in the demo's chat before somebody opened it. */

export interface Person {
  name?: string
  email?: string
  /** Signed by the shop. Without it a name is only what the visitor typed. */
  externalId?: string
}

/** Who says what, and how many minutes after the line before. */
export type Line = [who: 'visitor' | 'ada' | 'noor' | 'note', text: string, minutesLater?: number]

export interface Story {
  person: Person
  minutesAgo: number
  lines: [Line, ...Line[]]
  assignee?: 'ada' | 'noor'
  state?: 'snoozed' | 'resolved'
  tags?: string[]
}

const day = 24 * 60

/** Customers of the shop have the shop's ids: whoever logs in there finds his conversation again. */
const maya = { externalId: 'customer-1001', name: 'Maya Lindqvist', email: 'maya@example.com' }
const tomas = { externalId: 'customer-1002', name: 'Tomás Ferreira', email: 'tomas@example.com' }
const aiko = { externalId: 'customer-1003', name: 'Aiko Tanaka', email: 'aiko@example.com' }

/** From the oldest to the newest. */
export const stories: Story[] = [
  {
    person: { externalId: 'customer-0870', name: 'Henrik Sørensen', email: 'henrik@example.com' },
    minutesAgo: 6 * day,
    lines: [
      ['visitor', 'Is the tin for the Darjeeling airtight, or do I need a jar?'],
      ['noor', 'It is: there is a second lid inside. Keep it out of the sun and it stays fresh for a year.', 4],
      ['visitor', 'Perfect, thank you.', 2],
    ],
    assignee: 'noor',
    state: 'resolved',
    tags: ['product'],
  },
  {
    person: { externalId: 'customer-0912', name: 'Priya Nair', email: 'priya@example.com' },
    minutesAgo: 4 * day,
    lines: [
      ['visitor', 'My parcel says delivered, but there is nothing here. Order 20418.'],
      ['ada', 'I am sorry. I am asking the carrier for the place where it was left; give me ten minutes.', 3],
      ['note', 'Carrier says: handed to a neighbour at number 12.', 9],
      ['ada', 'It is with your neighbour at number 12. Would you look there?', 1],
      ['visitor', 'Found it! They were about to drink it.', 40],
    ],
    assignee: 'ada',
    state: 'resolved',
    tags: ['delivery'],
  },
  {
    person: {},
    minutesAgo: 3 * day,
    lines: [
      ['visitor', 'do you ship to norway'],
      ['noor', 'We do. Four to six days, € 9, and customs are on us.', 6],
    ],
    assignee: 'noor',
    state: 'resolved',
    tags: ['delivery'],
  },
  {
    person: { externalId: 'customer-0644', name: 'Ines Moreau', email: 'ines@example.com' },
    minutesAgo: 2 * day,
    lines: [
      ['visitor', 'Could I have the invoice for order 20377 with our company on it? Moreau & Filles, Lyon.'],
      ['ada', 'Gladly. Our accounts are back on Tuesday; I will send it then.', 12],
      ['note', 'Snoozed until accounts are in. VAT number is in her profile.', 1],
    ],
    assignee: 'ada',
    state: 'snoozed',
    tags: ['invoice'],
  },
  {
    person: { name: 'Ben', email: 'ben.wholesale@example.com' },
    minutesAgo: day + 180,
    lines: [
      ['visitor', 'Hi, Ben here from a café in Bristol. What would 5 kg of the Lapsang cost us?'],
      ['ada', 'Hello Ben. From 3 kg we take 22 % off, so about € 624. Shall I send a sample first?', 15],
      ['visitor', 'Yes please. I will write the address in an e-mail.', 22],
      ['ada', 'Lovely. It goes out the day the address is here.', 10],
    ],
    assignee: 'ada',
    tags: ['wholesale'],
  },
  {
    person: maya,
    minutesAgo: day,
    lines: [
      ['visitor', 'My Gyokuro tastes bitter. Am I doing something wrong?'],
      ['noor', 'How hot is the water? Gyokuro wants 60 °C; anything near boiling makes it bitter.', 3],
      ['visitor', 'Ah. Boiling.', 1],
      ['noor', 'Let it stand for eight minutes, or pour it twice between two cups. It will be another tea.', 2],
      ['visitor', 'It is another tea.', 55],
    ],
    assignee: 'noor',
    state: 'resolved',
    tags: ['brewing'],
  },
  {
    person: { externalId: 'customer-0733', name: 'Jonas Weber', email: 'jonas@example.com' },
    minutesAgo: 300,
    lines: [
      ['visitor', 'One of the two tins came with a dent. The tea is fine, it was to be a present though.'],
      ['ada', 'That should not happen. A new tin leaves today; keep the tea, of course.', 8],
      ['note', 'Third dented tin this week from the same box size. Told the packers.', 2],
    ],
    assignee: 'ada',
    tags: ['damage'],
  },
  {
    person: aiko,
    minutesAgo: 150,
    lines: [
      ['visitor', 'Will there be shincha again this spring?'],
      ['noor', 'Yes, from the last week of April. I can put a 50 g tin aside for you.', 5],
      ['visitor', 'Two, please. One is for my mother.', 3],
      ['noor', 'Both are set aside. I will write when they are here.', 2],
    ],
    assignee: 'noor',
    tags: ['product'],
  },
  {
    person: {},
    minutesAgo: 75,
    lines: [
      ['visitor', 'Hello, is the rooibos really without caffeine? I am asking for a child.'],
      ['noor', 'Hello. Yes, none at all by nature: rooibos is not a tea plant.', 4],
    ],
    assignee: 'noor',
  },
  {
    // Somebody who typed a customer's name and e-mail: nothing vouches for him, and the inbox says so.
    person: { name: 'Maya Lindqvist', email: 'maya@example.com' },
    minutesAgo: 34,
    lines: [['visitor', 'Please change the delivery address of my last order, I moved.']],
  },
  {
    person: tomas,
    minutesAgo: 16,
    lines: [
      ['visitor', 'I ordered the White Peony twice by accident. Can you cancel one of them?'],
      ['visitor', 'Orders 20455 and 20456.', 1],
    ],
  },
  {
    person: { externalId: 'customer-0951', name: 'Leila Haddad', email: 'leila@example.com' },
    minutesAgo: 5,
    lines: [['visitor', 'Which of your teas would you give to somebody who only drinks coffee?']],
  },
]
