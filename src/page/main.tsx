import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { createRoot } from "react-dom/client";
import { ApiProblem } from "./api/client.js";
import { App } from "./app.js";
import { ToastProvider } from "./components/toasts.js";
import { LanguageProvider } from "./i18n/index.js";
import { RouterProvider } from "./router.js";
import { ThemeProvider } from "./theme.js";
import "./styles/index.css";

const client = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      // what the server refused it refuses again; a broken line may be whole a moment later
      retry: (count, error) => count < 2 && !(error instanceof ApiProblem && error.status < 500),
      retryDelay: (count) => 400 * 2 ** count,
    },
  },
});

const root = document.getElementById("page");
if (root)
  createRoot(root).render(
    <QueryClientProvider client={client}>
      <LanguageProvider>
        <ThemeProvider>
          <RouterProvider>
            <ToastProvider>
              <App />
            </ToastProvider>
          </RouterProvider>
        </ThemeProvider>
      </LanguageProvider>
    </QueryClientProvider>,
  );
