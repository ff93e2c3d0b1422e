# Profit against the correlation of value and scale, as CSV: the data of a figure.
source(file.path("clients", "r", "menusmith.R"))

study <- paste(readLines("examples/correlated-packages.yaml"), collapse = "\n")
rho <- seq(-0.8, 0.8, by = 0.2)
requests <- lapply(rho, function(r) list(study = study, set = list("buyers.dependence.rho" = round(r, 1))))
results <- menusmith_all("solve", requests)
profit <- vapply(results, function(result) result$profit, numeric(1))
write.csv(data.frame(rho = round(rho, 1), profit = profit), row.names = FALSE)
