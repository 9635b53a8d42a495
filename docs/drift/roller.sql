-- Programmets egen roll i databasen, skild från ägaren. Körs som ägaren av tabellerna, efter varje `migrate`.
-- Rollen skapas först, av den som får: roll.sql gör det i docker-compose.yml.
GRANT USAGE ON SCHEMA public TO ostberga_app;
GRANT SELECT, INSERT, UPDATE, DELETE, TRUNCATE ON ALL TABLES IN SCHEMA public TO ostberga_app;
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO ostberga_app;
-- Tabeller som senare versioner lägger till.
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE, TRUNCATE ON TABLES TO ostberga_app;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO ostberga_app;
-- Säkerhetsloggen: bara läsa och lägga till. Sigillen skriver databasen själv, som ägaren.
REVOKE UPDATE, DELETE, TRUNCATE ON actors_securityevent FROM ostberga_app;
REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON actors_securityseal FROM ostberga_app;
-- Hur länge loggen sparas bestämmer ägaren; gallringen läser det, och rollen får bara säga till när det är dags.
REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON actors_securitylogterm FROM ostberga_app;
GRANT EXECUTE ON FUNCTION actors_dispose_of_security_events() TO ostberga_app;
-- Vilka ändringar som är gjorda i databasens utseende är ägarens sak.
REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON django_migrations FROM ostberga_app;
