#!/usr/bin/env escript
%% Records what OTP makes of a sample of terms, as text files in the directory given.
%% terms.txt: one term a line, in the standard order: bytes, phash2/1, phash2/2 with 2^32; "=" first if == the line before.
%% keys.txt: terms in the order of keys of a map. funs.txt: as terms.txt, for funs, whose bytes hold more than we keep.
%% minor-versions.txt: the bytes of a term with minor version 2, 0 and 1.
%% map-orders.txt: a set of keys, their number and phash2/2 of the list of keys of such a map.
-mode(compile).

main([Directory]) ->
    "25" = erlang:system_info(otp_release),
    rand:seed(exsss, {2, 0, 25}),
    write(Directory, "terms.txt", lines(lists:sort(leaves() ++ compounds()))),
    write(Directory, "keys.txt", [[hex(T), $\n] || T <- lists:usort(fun key_order/2, keys())]),
    write(Directory, "funs.txt", lines(lists:sort(funs()))),
    write(Directory, "minor-versions.txt",
        [[hex(T, 2), " ", hex(T, 0), " ", hex(T, 1), $\n] || T <- floats() ++ [{T} || T <- atoms() ++ exports() ++ [hd(pids()), hd(ports())]]]),
    write(Directory, "map-orders.txt", [map_order(Name, N) || {Name, N} <- orders()]).

write(Directory, Name, Text) -> ok = file:write_file(filename:join(Directory, Name), Text).

hex(T) -> hex(T, 2).
hex(T, Minor) -> [io_lib:format("~2.16.0b", [B]) || <<B>> <= term_to_binary(T, [{minor_version, Minor}])].

lines(Terms) -> lines(Terms, none).
lines([], _) -> [];
lines([T | Rest], Before) ->
    Mark = case {some, T} == Before of true -> "="; false -> "" end,
    [Mark, hex(T), io_lib:format(" ~b ~b~n", [erlang:phash2(T), erlang:phash2(T, 1 bsl 32)]) | lines(Rest, {some, T})].

key_order(A, A) -> true;
key_order(A, B) -> hd(maps:keys(#{A => 1, B => 1})) =:= A.

pid(Node, N, S, C) -> binary_to_term(<<131, 88, 119, (byte_size(Node)), Node/binary, N:32, S:32, C:32>>).
port(Node, N, C) -> binary_to_term(<<131, 120, 119, (byte_size(Node)), Node/binary, N:64, C:32>>).
ref(Node, C, X, Y, Z) -> binary_to_term(<<131, 90, 3:16, 119, (byte_size(Node)), Node/binary, C:32, X:32, Y:32, Z:32>>).
made(Module, Arity, Index, Uniq, Free) ->
    Bytes = << <<(binary:part(B, 1, byte_size(B) - 1))/binary>> || T <- Free, B <- [term_to_binary(T)] >>,
    Name = atom_to_binary(Module),
    Body = <<Arity, 7:128, Index:32, (length(Free)):32, 119, (byte_size(Name)), Name/binary, 98, Index:32, 98, Uniq:32,
             88, 119, 1, "a", 1:32, 0:32, 0:32, Bytes/binary>>,
    binary_to_term(<<131, 112, (byte_size(Body) + 4):32, Body/binary>>).

powers() ->
    [P || E <- [0, 1, 7, 8, 15, 26, 27, 28, 31, 32, 52, 53, 54, 58, 59, 60, 62, 63, 64, 65, 100, 127, 128, 200, 2039, 2040, 2048],
        P <- [1 bsl E]].
floats() ->
    [S * float(P) || P <- powers(), P < 1 bsl 1000, S <- [1, -1]] ++
        [0.0, -0.0, 0.5, -0.5, 1.0e-300, 1.7976931348623157e308, -1.7976931348623157e308, 9007199254740993.0, 3.14, 5.0e-324].
numbers() -> lists:usort([S * (P + D) || P <- powers(), D <- [-1, 0, 1], S <- [1, -1]]) ++ floats().

atoms() ->
    [list_to_atom(L) || L <- ["", "a", "b", "ab", "ok", "error", "Elixir.Enum", "with space", [233], [256], [16#FFFD], [16#10000],
        [16#1F600, $a], [$a, 233], [228, 246, 252, 16#4E2D], lists:duplicate(255, $x), lists:duplicate(255, 16#20AC)]].

nodes_() -> [<<"a@h">>, <<"b@h">>, <<"alice@localhost">>].
pids() -> [pid(N, I, S, C) || N <- nodes_(), I <- [0, 1, 300, 40000], S <- [0, 1, 5], C <- [0, 1, 16#FFFFFFFF]].
ports() -> [port(N, I, C) || N <- nodes_(), I <- [0, 1, (1 bsl 28) - 1, 1 bsl 28, 1 bsl 40], C <- [0, 16#80000000]].
refs() -> [ref(N, C, X, Y, Z) || N <- nodes_(), C <- [1, 2], X <- [0, 1, 262143], Y <- [0, 16#FFFFFFFF], Z <- [0, 2]].
exports() -> [fun M:F/A || M <- [a, b], F <- [a, b], A <- [0, 1, 255]].
funs() ->
    [made(M, A, I, U, Free) || M <- [a, 'Elixir.M', unknown], A <- [1], I <- [0, 3], U <- [1, 12345678], Free <- [[], [1], [1.0], [a, <<"b">>]]].

bits() ->
    [<<V:S>> || S <- [0, 1, 3, 7, 8, 9, 11, 12, 16, 31, 32, 88, 95, 96, 97, 100, 192], V <- [0, 1, 5, (1 bsl S) - 1]] ++
        [list_to_binary(lists:seq(0, N)) || N <- [1, 10, 11, 12, 13, 23, 24, 25, 99, 255]] ++ [<<"hello">>, <<"hello"/utf8, 2:3>>].

leaves() -> numbers() ++ atoms() ++ pids() ++ ports() ++ refs() ++ exports() ++ bits().

compounds() ->
    [[], {}, #{}, "abc", "abcd", "abcdefgh", [1, 2 | 3], [a | b], [300], [1, 300], [1, 2, 3, 4, 300, 1, 2], [[]], [[], []], [{}],
     list_to_tuple(lists:seq(1, 255)), list_to_tuple(lists:seq(1, 256)),
     [-1], [255], [256], [1.0], [1], {1}, {1.0}, {1, 2}, {1, {2, {3, []}}}, {a, "x", <<"y">>}, [a], [a, 1], [a | 1], [97 | <<>>]] ++
    [random_term(D) || D <- [1, 2, 3, 4], _ <- lists:seq(1, 150)] ++
    [#{1 => a}, #{1.0 => a}, #{1 => a, 1.0 => b}, #{2 => a}, #{a => 1}, #{a => 1.0}, #{a => 2}, #{a => 1, b => 0}, #{a => 0, c => 0}] ++
    [maps:from_list([{I, I rem 7} || I <- lists:seq(S, S + N)]) || S <- [1, -20, 1000], N <- [30, 31, 32, 33, 60, 200]] ++
    [maps:from_list([{integer_to_binary(I), a} || I <- lists:seq(1, N)]) || N <- [32, 33, 100]] ++
    [maps:from_list([{I / 2, I} || I <- lists:seq(1, N)]) || N <- [32, 33, 100]].

pick(L) -> lists:nth(rand:uniform(length(L)), L).
random_term(0) -> pick(case rand:uniform(3) of 1 -> numbers(); 2 -> atoms() ++ [a, b]; 3 -> [1, 2, 3, a, b, 1.0, <<"a">>, [], {} | pids()] end);
random_term(D) ->
    Sub = fun() -> random_term(rand:uniform(D) - 1) end,
    Many = [Sub() || _ <- lists:seq(1, rand:uniform(5) - 1)],
    case rand:uniform(5) of
        1 -> list_to_tuple(Many);
        2 -> Many;
        3 -> Many ++ pick([[], a, 1, <<"t">>]);
        4 -> maps:from_list([{K, Sub()} || K <- Many]);
        5 -> [rand:uniform(256) - 1 || _ <- lists:seq(1, rand:uniform(9))] ++ Many
    end.

keys() -> numbers() ++ atoms() ++ [{N} || N <- [1, 1.0, 2, 2.5, 3]] ++ [[N] || N <- [1, 1.0, 2, 2.5, 3]] ++
    [#{a => N} || N <- [1, 1.0, 2]] ++ [#{N => a} || N <- [1, 1.0, 2]].

orders() -> [{Name, N} || Name <- [integers, spread, negative, big, binaries, texts, floats, tuples, lists, strings, maps, bits],
                          N <- [33, 40, 64, 100, 257, 1000, 5000]] ++ [{integers, 300000}].

key(integers, I) -> I;
key(spread, I) -> I * 7919;
key(negative, I) -> -I;
key(big, I) -> I * (1 bsl 59) + I;
key(binaries, I) -> integer_to_binary(I);
key(texts, I) -> <<"user ", (integer_to_binary(I * 31))/binary, "@example.com">>;
key(floats, I) -> I / 4;
key(tuples, I) -> {I rem 10, <<"x">>, I};
key(lists, I) -> [I rem 300, I, [I]];
key(strings, I) -> integer_to_list(I * 1001);
key(maps, I) -> #{I => I * 2};
key(bits, I) -> <<I:19>>.

map_order(Name, N) ->
    Keys = maps:keys(maps:from_list([{key(Name, I), I} || I <- lists:seq(1, N)])),
    io_lib:format("~s ~b ~b~n", [Name, N, erlang:phash2(Keys, 1 bsl 32)]).
