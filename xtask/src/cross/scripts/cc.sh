#!/usr/bin/env bash
# A C compiler for `cargo check`, which never links: it makes empty files, and is called clang. Only resource files
# of Windows, which tauri-build compiles, are preprocessed, by mingw's compiler.
out=; previous=; preprocess=
for argument in "$@"; do
  [ "$previous" = -o ] && out=$argument
  case "$argument" in
    -E) preprocess=1 ;;
    --version | -v) echo "clang version 22.0.0"; exit 0 ;;
  esac
  previous=$argument
done
if [ -n "$preprocess" ]; then
  case "$*" in *detect_compiler_family*) echo '"clang"'; exit 0 ;; esac
  # mingw knows none of the target's own options: only folders, definitions and the file itself are for it.
  kept=(-x c); flag=
  for argument in "$@"; do
    case "$flag$argument" in
      -I* | -D*) kept+=("$argument") ;;
      /*) [ -f "$argument" ] && kept+=("$argument") ;;
    esac
    [ "$argument" = -I ] && flag=-I || flag=
  done
  exec x86_64-w64-mingw32-gcc -E "${kept[@]}"
fi
[ -n "$out" ] && : >"$out"
exit 0
