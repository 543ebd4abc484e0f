import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app.tsx'
import { startTheme } from './stores/theme.ts'
import './styles/tokens.css'
import './styles/base.css'

const queries = new QueryClient({
  defaultOptions: { queries: { retry: 1, staleTime: 5_000 } },
})

startTheme()

const root = document.getElementById('root')
if (root) {
  createRoot(root).render(
    <StrictMode>
      <QueryClientProvider client={queries}>
        <App />
      </QueryClientProvider>
    </StrictMode>,
  )
}
