// What is sold, and to whom. A real shop has a database here.

export const demoPassword = 'first-flush'

export const customers = [
  { id: 'customer-1001', name: 'Maya Lindqvist', email: 'maya@example.com' },
  { id: 'customer-1002', name: 'Tomás Ferreira', email: 'tomas@example.com' },
  { id: 'customer-1003', name: 'Aiko Tanaka', email: 'aiko@example.com' },
]

export function findCustomer(email, password) {
  return customers.find((customer) => customer.email === email && password === demoPassword)
}

export function customerById(id) {
  return customers.find((customer) => customer.id === id)
}

export const teas = [
  {
    slug: 'gyokuro',
    name: 'Gyokuro Yame',
    kind: 'Green',
    grams: 50,
    price: 24,
    hue: 145,
    brew: '60 °C, 2 minutes',
    about: 'Shaded for three weeks before the harvest. Thick, sweet, a little like the sea.',
  },
  {
    slug: 'darjeeling',
    name: 'Darjeeling, first flush',
    kind: 'Black',
    grams: 100,
    price: 19,
    hue: 65,
    brew: '90 °C, 3 minutes',
    about: 'Picked in the last week of March at 1,900 metres. Muscat, hay, a clean edge.',
  },
  {
    slug: 'tieguanyin',
    name: 'Tieguanyin',
    kind: 'Oolong',
    grams: 75,
    price: 21,
    hue: 185,
    brew: '95 °C, 40 seconds, six times',
    about: 'Tightly rolled and barely roasted. Opens slowly: orchid first, then cream.',
  },
  {
    slug: 'lapsang',
    name: 'Lapsang Souchong',
    kind: 'Smoked',
    grams: 100,
    price: 16,
    hue: 25,
    brew: '95 °C, 3 minutes',
    about: 'Dried over pine from the same hill. A camp fire after rain, with plums in it.',
  },
  {
    slug: 'white-peony',
    name: 'White Peony',
    kind: 'White',
    grams: 60,
    price: 18,
    hue: 100,
    brew: '80 °C, 5 minutes',
    about: 'Buds and first leaves, only withered. Melon, fresh linen, no bitterness at all.',
  },
  {
    slug: 'rooibos',
    name: 'Rooibos with quince',
    kind: 'No caffeine',
    grams: 120,
    price: 11,
    hue: 40,
    brew: '100 °C, as long as you like',
    about: 'Long-leaf rooibos from the Cederberg and slow-dried quince. For late evenings.',
  },
]

export function findTea(slug) {
  return teas.find((tea) => tea.slug === slug)
}
