# Menusmith from R: studies in, results out, by `menusmith serve --stdio`. Needs jsonlite.
#
#   source("menusmith.R")
#   result <- menusmith("solve", list(study = study, at = list(list(value = 0.8, scale = 0.5))))
#   menusmith_rows(result$types)
#
# A study is a text of YAML or JSON, or a list. One call starts one server, which answers all requests that are given at once: ask for many in one call.
# The program is option "menusmith.command", whose further words are arguments that come first; else the one that the environment's MENUSMITH_COMMAND names; else "menusmith".

# The methods of the server, and the params that each of them takes.
menusmith_methods <- list(
  solve = c("study", "set", "timeLimit", "at", "supply"),
  quote = c("study", "set", "timeLimit", "at", "supply"),
  tiers = c("study", "set", "timeLimit", "count", "kind", "keep", "share", "round", "minShare", "fee", "deterministic", "scale"),
  evaluate = c("study", "set", "timeLimit", "menu", "against", "customers", "scale"),
  check = c("study", "set", "timeLimit")
)

# The result of one request. Stops where it is refused; the condition has class menusmith_error, with code, file and path.
menusmith <- function(method, params, ...) menusmith_all(method, list(params), ...)[[1]]

# The results of many requests of a method, in their order.
menusmith_all <- function(method, many, allow_files = FALSE, plugins = character()) {
  unknown <- setdiff(unlist(lapply(many, names)), menusmith_methods[[method]])
  if (!method %in% names(menusmith_methods)) stop("no method called ", method)
  if (length(unknown) > 0) stop(method, " takes no ", paste(unknown, collapse = ", "))
  if (length(many) == 0) return(list())
  lines <- vapply(seq_along(many), function(id) {
    request <- list(jsonrpc = "2.0", id = id, method = method, params = many[[id]])
    as.character(jsonlite::toJSON(request, auto_unbox = TRUE, digits = NA, null = "null", na = "null"))
  }, character(1))
  default <- Sys.getenv("MENUSMITH_COMMAND", "menusmith")
  words <- c(getOption("menusmith.command", default), "serve", "--stdio")
  words <- c(words, if (allow_files) "--allow-files", rbind(rep("--plugin", length(plugins)), plugins))
  input <- tempfile()
  on.exit(unlink(input))
  writeLines(enc2utf8(lines), input, useBytes = TRUE)
  printed <- system2(words[1], shQuote(words[-1]), stdin = input, stdout = TRUE)
  answers <- lapply(printed, function(line) {
    Encoding(line) <- "UTF-8"
    jsonlite::fromJSON(line, simplifyDataFrame = FALSE, simplifyMatrix = FALSE)
  })
  by_id <- vector("list", length(many))
  for (answer in answers) {
    if (is.null(answer$id)) stop(menusmith_condition(answer$error))
    by_id[[answer$id]] <- answer
  }
  lapply(by_id, function(answer) {
    if (is.null(answer)) stop("the server has ended before it had answered")
    if (!is.null(answer$error)) stop(menusmith_condition(answer$error))
    answer$result
  })
}

# A data frame of a list in a result, as its types: `inputs` becomes inputs.input, inputs.output; what is missing is NA, lists of several are left out.
menusmith_rows <- function(items) {
  flat <- lapply(items, menusmith_flat)
  columns <- unique(unlist(lapply(flat, names)))
  data <- lapply(columns, function(column) {
    unlist(lapply(flat, function(row) if (is.null(row[[column]])) NA else row[[column]]))
  })
  as.data.frame(stats::setNames(data, columns), check.names = FALSE, stringsAsFactors = FALSE)
}

menusmith_flat <- function(item, prefix = "") {
  flat <- list()
  for (name in names(item)) {
    value <- item[[name]]
    own <- paste0(prefix, name)
    if (is.list(value)) flat <- c(flat, if (!is.null(names(value))) menusmith_flat(value, paste0(own, ".")))
    else if (is.null(value)) flat[[own]] <- NA
    else if (length(value) == 1) flat[[own]] <- value
  }
  flat
}

menusmith_condition <- function(error) {
  message <- sub("^Invalid params: ", "", error$message)
  data <- error$data
  structure(
    class = c("menusmith_error", "error", "condition"),
    list(message = message, call = NULL, status = error$code, code = data$code, file = data$file, path = data$path)
  )
}
